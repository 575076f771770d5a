"""PDFs that hold text. Runs apart (see apart.py), without Django and with bounds on time and memory."""

import io
import logging
import re
from collections import Counter
from itertools import pairwise

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from procedures.lines import Line, Trouble, linked

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
MOST_PAGES = 150
MOST_WORDS = 150_000
BOLD = re.compile(r"bold|black|heavy|semibold|demi|-bd\b", re.IGNORECASE)
UNKNOWN_LETTER = re.compile(r"\(cid:\d+\)")
TWO_COLUMNS_APART = 2.2  # times the size of the letters
IN_THE_MARGIN = 0.92  # of the page's height


def lines_of(content):
    """The lines of a PDF with what its type and places say about them; Trouble when it holds no words."""
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            return lines_of_pages(pdf)
    except Trouble:
        raise
    except Exception as problem:  # a damaged PDF can make its reader stumble in any way
        cause = problem.args[0] if problem.args else problem
        locked = isinstance(problem, PDFPasswordIncorrect) or isinstance(cause, PDFPasswordIncorrect)
        raise Trouble("locked" if locked or "Password" in repr(problem) else "damaged") from problem


def lines_of_pages(pdf):
    if len(pdf.pages) > MOST_PAGES:
        raise Trouble("long")
    pages, has_pictures, words = [], False, 0
    for page in pdf.pages:
        has_pictures = has_pictures or bool(page.images)
        page_lines = lines_on(page)
        words += sum(len(line.text.split()) for line in page_lines)
        if words > MOST_WORDS:
            raise Trouble("long")
        pages.append(page_lines)
        page.close()
    if not words:
        raise Trouble("scanned" if has_pictures or not pages else "empty")
    return as_lines(pages)


class Placed(Line):
    """A line that still knows its place on the page, in points."""

    x = top = bottom = height = 0.0


def lines_on(page):
    """The lines and the rows of tables of one page, from its top."""
    page = page.dedupe_chars()
    tables = [table for table in page.find_tables() if is_real(table)]
    rest = page
    for table in tables:
        rest = rest.outside_bbox(inside(table.bbox, page.bbox))
    words = rest.extract_words(extra_attrs=["fontname", "size"], x_tolerance_ratio=0.18)
    links = [(each, each.get("uri")) for each in page.hyperlinks if each.get("uri")]
    found = [line for row in rows_of(words) if (line := line_of(row, links, page))]
    for table in tables:
        for cells, row in zip(table.extract(), table.rows, strict=True):
            cells = [" ".join((cell or "").split()) for cell in cells]
            if any(cells):
                line = Placed(" | ".join(cells), cells=cells)
                line.x, line.top, _right, line.bottom = row.bbox
                line.height = page.height
                found.append(line)
    return sorted(found, key=lambda line: line.top)


def inside(box, page):
    return max(box[0], page[0]), max(box[1], page[1]), min(box[2], page[2]), min(box[3], page[3])


def is_real(table):
    """A table has columns and rows; a frame round a title is none."""
    return len(table.rows) >= 2 and max(len(row.cells) for row in table.rows) >= 2


def rows_of(words):
    """Words of the same height together, each row from the left."""
    rows = []
    for word in sorted((each for each in words if each["upright"]), key=lambda each: (each["bottom"], each["x0"])):
        if rows and abs(word["bottom"] - rows[-1][-1]["bottom"]) <= 0.4 * max(word["size"], rows[-1][-1]["size"], 1):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda each: each["x0"]) for row in rows]


def line_of(row, links, page):
    size = Counter(round(each["size"], 1) for each in row for _letter in each["text"]).most_common(1)[0][0]
    text = " ".join(with_link(words, address) for words, address in linked_words(row, links))
    if text.startswith("(cid:"):
        text = UNKNOWN_LETTER.sub("•", text, count=1)  # a sign of a bullet for which the PDF names no letter
    text = UNKNOWN_LETTER.sub("\ufffd", text)
    if not text.strip():
        return None
    gaps = sum(1 for one, other in pairwise(row) if other["x0"] - one["x1"] > TWO_COLUMNS_APART * size)
    line = Placed(text, size=size, is_table=gaps >= 2)
    lettered = [each for each in row if any(letter.isalpha() for letter in each["text"])]
    words = [each for each in lettered if len(each["text"]) > 1 or each is not row[0]]
    line.strong = bool(words) and all(BOLD.search(each["fontname"]) for each in words)
    line.x = row[0]["x0"]
    line.top, line.bottom = min(each["top"] for each in row), max(each["bottom"] for each in row)
    line.height = page.height
    return line


def with_link(words, address):
    """The words with their address; a full stop that came to stand in the link is none of it."""
    text = " ".join(each["text"] for each in words)
    bare = text.rstrip(".,;:)")
    return linked(bare, address) + text[len(bare) :] if address else text


def linked_words(row, links):
    """The row in pieces of words with one address, or none."""
    pieces = []
    for word in row:
        x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
        address = next(
            (uri for box, uri in links if box["x0"] <= x <= box["x1"] and box["top"] <= y <= box["bottom"]), ""
        )
        if pieces and pieces[-1][1] == address:
            pieces[-1][0].append(word)
        else:
            pieces.append(([word], address))
    return pieces


def as_lines(pages):
    """The lines of all pages with indents, gaps and weights set against the document as a whole."""
    placed = [line for page in pages for line in page]
    sizes = Counter()
    for line in placed:
        sizes[line.size] += len(line.text)
    sizes.pop(0, None)
    size = sizes.most_common(1)[0][0] if sizes else 10
    margin = usual_margin(placed)
    step = usual_step(pages)
    found = []
    for number, page in enumerate(pages):
        before = None
        for line in page:
            line.indent = max(0, round((line.x - margin) / (0.5 * size)))
            line.strong = line.strong or line.size > 1.12 * size
            line.margin = line.top > IN_THE_MARGIN * line.height
            if before is None:
                line.new_page = number > 0
            else:
                distance = line.bottom - before.bottom
                expected = max(step, 1.25 * max(line.size, before.size) if max(line.size, before.size) > size else 0)
                line.gap = int(distance > 1.3 * expected) if not line.cells else 0
            found.append(plain(line))
            before = line
    return found


def plain(line):
    names = ("text", "indent", "gap", "new_page", "is_table", "strong", "size", "cells", "margin")
    return Line(**{name: getattr(line, name) for name in names})


def usual_margin(lines):
    """Where most lines at the left begin."""
    lefts = Counter(round(line.x) for line in lines if not line.cells)
    common = [x for x, count in lefts.items() if count >= 2] or list(lefts) or [0]
    return min(common)


def usual_step(pages):
    """The usual distance from one line to the next inside a paragraph, in points."""
    steps = Counter()
    for page in pages:
        for before, line in pairwise(page):
            distance = round(line.bottom - before.bottom)
            if 0 < distance < 60 and not line.cells and not before.cells:
                steps[distance] += 1
    if not steps:
        return 14
    most = max(steps.values())
    return min(step for step, count in steps.items() if count >= max(2, 0.4 * most) or count == most)
