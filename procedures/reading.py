"""The first step of an import: from the bytes of a file to clean lines, with headers, footers and page numbers left out."""

import io
import re
import zipfile
from collections import Counter
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.apart import Apart
from procedures.lines import END, PICTURE, PUT_IN, TAKEN_OUT, Line, Trouble

LARGEST = 1_000_000  # characters; the longest real procedure we have met has 60,000
LARGEST_FILE = 25_000_000  # bytes; Word documents carry their pictures with them
MOST_LINES = 20_000

LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x0b": "\n",
        "\u200b": None,
        "\u2060": None,
        "\ufeff": None,
    }
)
PAGE_NUMBER = re.compile(r"(?:page\s*)?(?:-\s*)?\d{1,4}(?:\s*-)?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
ENDS_WITH_PAGE_NUMBER = re.compile(r".{0,90}\bpage\s*\d{1,4}\s*(?:of|/)\s*\d{1,4}", re.IGNORECASE)
BETWEEN_COLUMNS = re.compile(r"(?<! ) {3,}(?=\S)|\t(?=\S)")
UNDER_A_HEADING = re.compile(r"={3,}\s*|-{3,}\s*")
RULER = re.compile(r"[-=_*~.·]{3,}")
STARTS_WITH_CODE = re.compile(r"(?:\w+\s+)?\d{1,2}\.\d")
FOOTER_WORDS = re.compile(
    r"\b(?:page|version|adopted|reviewed?|issue|charity|company|ofsted|urn|tel|www|email|e-mail|copyright|date|polic(?:y|ies))\b"
    r"|©|@|\d{1,2}/\d{1,2}/\d{2,4}",
    re.IGNORECASE,
)
KINDS_OF_FILE = [
    (b"{\\rtf", gettext_lazy("a rich-text document")),
    (b"\x89PNG", gettext_lazy("a picture")),
    (b"\xff\xd8\xff", gettext_lazy("a picture")),
    (b"GIF8", gettext_lazy("a picture")),
    (b"RIFF", gettext_lazy("a picture or a recording")),
    (b"Rar!", gettext_lazy("an archive of another kind than ZIP")),
    (b"7z\xbc\xaf", gettext_lazy("an archive of another kind than ZIP")),
    (b"\x1f\x8b", gettext_lazy("an archive of another kind than ZIP")),
]
SENTENCES = {
    "damaged": gettext_lazy(
        "This file is damaged and cannot be opened. Open it on a computer, save it again, and import the new copy."
    ),
    "locked": gettext_lazy("This file is locked with a password. Save it without one, and import that copy."),
    "scanned": gettext_lazy(
        "This PDF holds pictures of pages and no words that can be read. "
        "Find the document that it was printed from, or type its words and paste them here."
    ),
    "empty": gettext_lazy("There are no words in this file."),
    "long": gettext_lazy("This file has too many pages for one procedure. Import one procedure at a time."),
    "large": gettext_lazy("This file is too large for one procedure. Import one procedure at a time."),
    "slow": gettext_lazy(
        "This file could not be read in good time. Open it, copy its words, and paste them here, or save it anew."
    ),
    "old": gettext_lazy("This file is an old Word document. Open it in Word, save it as .docx, and import that copy."),
    "other": gettext_lazy(
        "This ZIP is no Word document and no folder of procedures. Import .docx, .pdf, .txt or .md files."
    ),
}


class CannotRead(Exception):
    """A document that cannot be read; its text is a sentence for the person who chose it."""


def lines_of_file(content, name="", apart=None):
    """(lines, those left out) of a file of any kind we know; CannotRead with a sentence that says what to do."""
    if len(content) > LARGEST_FILE:
        raise CannotRead(SENTENCES["large"])
    kind = kind_of(content)
    if kind not in ("pdf", "word"):
        return clean_lines(split_lines(words_of(content), is_markdown(name)))
    try:
        if apart is not None:
            lines = apart.lines(kind, content)
        else:
            with Apart() as reader:
                lines = reader.lines(kind, content)
    except Trouble as why:
        raise CannotRead(SENTENCES.get(str(why), SENTENCES["damaged"])) from why
    check_words("\n".join(line.text for line in lines))
    lines = [each for line in lines if (each := tidied(line)).text]
    kept, left_out = clean_lines([line for line in lines if line.why not in LISTED_AS_LEFT_OUT])
    return kept, left_out + [listed_as_left_out(line) for line in lines if line.why in LISTED_AS_LEFT_OUT]


LISTED_AS_LEFT_OUT = ("struck", "comment")


def listed_as_left_out(line):
    """In words, what stood in the document beside its text."""
    if line.why == "struck":
        return _("Struck through: %(words)s") % {"words": line.text}
    return _("Comment on “%(sentence)s”: %(words)s") % {"sentence": one_line(line.about), "words": line.text}


BETWEEN_SIGNS = re.compile(f"([{TAKEN_OUT}{PUT_IN}{PICTURE}])([^{END}]*){END} ?")


def in_words(text):
    """The signs of the reader apart, in words that an editor understands."""

    def said(match):
        if match[1] == PICTURE:
            return (
                _("[A picture stood here: %(words)s]") % {"words": match[2]}
                if match[2]
                else _("[A picture stood here]")
            )
        words = _("[taken out: %(words)s] ") if match[1] == TAKEN_OUT else _("[put in: %(words)s] ")
        return words % {"words": match[2]}

    return re.sub(r"\] (?=[.,;:!?)])", "]", BETWEEN_SIGNS.sub(said, text)) if END in text else text


def kind_of(content):
    """What a file is, from its first bytes and never from its name: "pdf", "word", "zip" or "" for words."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if not content.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except Exception:  # zipfile stumbles over damaged bytes in many ways; the reader apart says what is the matter
        return "word" if b"word/" in content[:100_000] else "zip"
    return "word" if any(each.endswith("document.xml") for each in names) or "_rels/.rels" in names else "zip"


def is_markdown(name):
    return PurePath(name).suffix.casefold() in (".md", ".markdown")


def tidied(line):
    """A line of a PDF or Word document without ligatures, odd spaces and signs that cannot be seen."""
    line.changed = TAKEN_OUT in line.text or PUT_IN in line.text
    line.text = one_line(in_words(line.text.translate(LIGATURES)))
    line.cells = [one_line(in_words(cell.translate(LIGATURES))) for cell in line.cells] if line.cells else None
    return line


def one_line(text):
    return " ".join("".join(each for each in text.replace("\t", " ") if each >= " " or each == "\n").split())


def words_of(content):
    """The text of a file of plain words, or CannotRead with a sentence that says what to do."""
    if content.startswith(b"PK\x03\x04"):
        raise CannotRead(SENTENCES["other"])
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise CannotRead(SENTENCES["locked" if locked else "old"])
    for beginning, kind in KINDS_OF_FILE:
        if content.startswith(beginning):
            raise CannotRead(
                _("This file is %(kind)s. Open it, select all its words, copy them and paste them here.")
                % {"kind": kind}
            )
    if len(content) > 4 * LARGEST:
        raise CannotRead(SENTENCES["large"])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    return check_words(text)


def check_words(text):
    """The same text if it can be a procedure; CannotRead otherwise."""
    if len(text) > LARGEST or text.count("\n") > MOST_LINES:
        raise CannotRead(_("This text is too long for one procedure. Import one procedure at a time."))
    strange = sum(1 for character in text if character < " " and character not in "\t\n\r\f\v")
    strange += text.count("\ufffd")
    if "\x00" in text or strange * 50 > len(text):
        raise CannotRead(
            _("This file does not hold readable words. Save the procedure as plain text (.txt) and try again.")
        )
    if not re.search(r"[^\W\d_]{2}", text):
        raise CannotRead(SENTENCES["empty"])
    return text


def clean_lines(lines):
    """The lines that belong to the procedure, and those that were left out as decoration of a page."""
    decoration = repeated_decoration(lines)
    kept, left_out = [], []
    gap, new_page = 0, False
    for position, line in enumerate(lines):
        if position in decoration or is_page_decoration(line.text) or is_footer(line):
            left_out.append(line.text)
            gap, new_page = gap + line.gap, True
            continue
        line.gap += gap
        line.new_page |= new_page
        gap, new_page = 0, False
        kept.append(line)
    return kept, left_out


def split_lines(text, markdown=False):
    """Non-empty lines with what stood before them."""
    lines, gap, new_page = [], 0, False
    text = text.translate(LIGATURES).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f\n")
    for raw in text.split("\n"):
        if raw == "\f":
            new_page = True
            continue
        if UNDER_A_HEADING.fullmatch(raw) and markdown and lines and not gap:
            lines[-1].heading = 1 if raw[0] == "=" else 2
            continue
        is_table = is_row(raw.strip())
        raw = "".join(character for character in raw.expandtabs(4) if character >= " ")
        words = " ".join(raw.split())
        if not words:
            gap += 1
            continue
        if not re.fullmatch(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?", words):  # the rule under a table's head
            line = Line(words, len(raw) - len(raw.lstrip()), gap, new_page, is_table)
            if in_pipes(words) and words.count("|") > 2:
                line.cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", words.strip("| "))]
            lines.append(line)
        gap, new_page = 0, False
    return lines


def is_row(words):
    """Whether a line is a row of a table: it stands between pipes, or has two wide gaps.

    Each sign is looked at once: a pattern that tries every way to divide a line takes minutes for a long one.
    """
    return in_pipes(words) or len(BETWEEN_COLUMNS.findall(words)) >= 2


def in_pipes(words):
    return len(words) > 1 and words[0] == words[-1] == "|"


def is_footer(line):
    """What stands in the lower margin of its page and is no sentence of the text."""
    if not line.margin:
        return False
    return line.whole or bool(FOOTER_WORDS.search(line.text)) or (line.gap > 0 and not line.text.endswith("."))


def is_page_decoration(text):
    return bool(PAGE_NUMBER.fullmatch(text) or ENDS_WITH_PAGE_NUMBER.fullmatch(text) or RULER.fullmatch(text))


def repeated_decoration(lines):
    """Positions of headers and footers: the same words, numbers aside, at the edges of at least two pages."""
    edges = page_edges(lines)
    shapes = {position: re.sub(r"\d+", "#", lines[position].text.casefold()) for position in edges}
    often = Counter(shapes.values())
    seen, decoration = set(), set()
    for position in sorted(edges):
        shape = shapes[position]
        if often[shape] < 2 or len(shape) > 100:
            continue
        # A title that runs on as a header is kept where it stands first.
        is_title = bool(STARTS_WITH_CODE.match(lines[position].text)) and shape not in seen
        seen.add(shape)
        if not is_title:
            decoration.add(position)
    return decoration


def page_edges(lines):
    """Positions within two lines of a page's beginning or end, as far as the text shows where pages end."""
    starts = {0} | {position for position, line in enumerate(lines) if line.new_page}
    numbers = {
        position
        for position, line in enumerate(lines)
        if is_page_decoration(line.text) and not RULER.fullmatch(line.text)
    }
    starts |= {position + 1 for position in numbers}
    if len(starts) == 1:
        return set()
    edges = set()
    for start in starts | {len(lines)}:
        edges |= set(range(start - 3 if start - 1 in numbers else start - 2, start + 2))
    return {position for position in edges if 0 <= position < len(lines)} - numbers
