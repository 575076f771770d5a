"""From the text of a procedure, as it comes out of a PDF, to its parts. Nothing here touches the database."""

import re
from dataclasses import asdict, dataclass, field
from pathlib import PurePath

from django.utils.translation import gettext as _

from procedures.reading import CannotRead, check_words, clean_lines, words_of
from procedures.references import CODE, distinct, find_mentions
from procedures.rejoining import (
    Counting,
    Layout,
    Vocabulary,
    find_bullet,
    is_finished,
    looks_like_bullet,
    starts_upper,
)
from procedures.review import Review, is_review_line, read_review

__all__ = ["CannotRead", "Commitment", "Document", "Part", "as_plain", "read_file", "read_text"]

CODE_AND_TITLE = re.compile(
    rf"(?:(?:procedure|policy|form)\s+(?:no\.?\s*|number\s+)?)?(?P<code>{CODE})(?:\s*[:.–—-]\s*|\s+|$)(?P<title>.*)",
    re.I,
)
SECTION = re.compile(r"(?:section\s+)?(?P<number>\d{1,2})[.:]?\s+(?P<title>[^\W\d].*)", re.IGNORECASE)
MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?P<words>.*?)\s*#*")
SETTING_NAME = re.compile(r"\b(?:pre-?school|playgroup|nursery|kindergarten|CP|CIC)\b", re.IGNORECASE)
LEADS_INTO_A_LIST = frozenset(
    "will must should may can to are is be include includes including following we they that".split()
)
TITLE_GOES_ON = frozenset("and or of the for with to a an from".split())
FORM_LINE = re.compile(
    r"_{4,}|\.{5,}|^(?:signed|signature|date|name|position|role|version|adopted|approved|print name)\b[^.]{0,60}$", re.I
)


@dataclass
class Part:
    """One piece of the body in its order: a "heading", a "paragraph", a "commitment", or "unclear" for somebody to look at."""

    kind: str
    paragraphs: list
    why: str = ""

    @property
    def text(self):
        return " ".join(self.paragraphs)


@dataclass
class Commitment:
    heading: str
    text: str


@dataclass
class Document:
    """A procedure as we understood it."""

    code: str = ""
    title: str = ""
    section: str = ""
    body: list = field(default_factory=list)
    review: Review | None = None
    left_out: list = field(default_factory=list)
    not_understood: list = field(default_factory=list)

    @property
    def headings(self):
        return [part.text for part in self.body if part.kind == "heading"]

    @property
    def commitments(self):
        """Every bullet with the heading it stands under."""
        heading, found = "", []
        for part in self.body:
            if part.kind == "heading":
                heading = part.text
            elif part.kind == "commitment":
                found.append(Commitment(heading, part.text))
        return found

    @property
    def paragraphs(self):
        """What is said outside bullets, in order."""
        return [part.text for part in self.body if part.kind == "paragraph"]

    @property
    def references(self):
        """Each other document that is mentioned, once, in order."""
        mentions = [
            mention
            for part in self.body
            if part.kind in ("paragraph", "commitment")
            for mention in find_mentions(part.text)
        ]
        return distinct(mentions, self.code)


def read_file(content, name="", setting_name=""):
    """A Document from a file's bytes; CannotRead when they are no words."""
    return read_text(words_of(content), name, setting_name)


def read_text(text, name="", setting_name=""):
    """A Document from words; `name` is the file's name, which may hold the code when the text does not."""
    lines, left_out = clean_lines(check_words(text))
    if not lines:
        raise CannotRead(_("There are no words in this file."))
    markdown = PurePath(name).suffix.lower() == ".md" or any(re.match(r"#{1,6}\s+\S", line.text) for line in lines)
    document = Document(left_out=left_out)
    lines = read_beginning(document, lines, name, setting_name, markdown)
    layout = Layout(lines, markdown)
    vocabulary = Vocabulary(lines)
    blocks = blocks_of(lines, layout)
    for block in blocks:
        place(document, block, vocabulary, is_last=block is blocks[-1])
    if not any(part.kind in ("paragraph", "commitment") for part in document.body):
        document.not_understood.append(_("There is a title and nothing under it."))
    return document


def as_plain(document, find_page=lambda reference: None):
    """What was understood, as plain lists and dictionaries for scripts."""
    return {
        "code": document.code,
        "title": document.title,
        "section": document.section,
        "headings": document.headings,
        "paragraphs": document.paragraphs,
        "commitments": [asdict(commitment) for commitment in document.commitments],
        "references": [
            {"code": reference.code, "title": reference.title, "page": find_page(reference)}
            for reference in document.references
        ],
        "review": asdict(document.review or Review()),
        "not_understood": document.not_understood,
    }


# The beginning: section, code and title.


def read_beginning(document, lines, name, setting_name, markdown):
    """Fill in section, code and title, and return the lines that follow them."""
    words = [without_marks(line.text) for line in lines]
    position = 0
    while position < min(len(lines), 8):
        if match := CODE_AND_TITLE.fullmatch(words[position]):
            document.code = match["code"]
            position = read_title(document, words, match["title"], position + 1)
            break
        if is_title_above(words, position, setting_name):
            match = SECTION.fullmatch(words[position])
            if match and not document.section:
                document.section = words[position]
                if position + 1 < len(words) and words[position + 1][:1].islower():
                    position += 1
                    document.section += " " + words[position]
            else:
                document.left_out.append(words[position])
            position += 1
            continue
        position = 0
        break
    if not document.code:
        document.section, position = "", 0
        position = read_title_without_code(document, words, name)
    if position < len(lines) and is_setting_name(words[position], setting_name, document):
        document.left_out.append(words[position])
        position += 1
    return lines[position:]


def is_title_above(words, position, setting_name):
    """Whether this line stands above a line with a code and a title: a section, or the setting's name."""
    if len(words[position]) > 120 or is_finished(words[position]):
        return False
    return any(CODE_AND_TITLE.fullmatch(later) for later in words[position + 1 : position + 4])


def read_title(document, words, title, position):
    """The title after a code; it may stand on the next line, or run on into it."""
    if not title and position < len(words):
        title = words[position]
        position += 1
    while position < len(words) and title and len(title) < 200:
        follows = words[position]
        open_end = title.rsplit(" ", 1)[-1].casefold() in TITLE_GOES_ON or title.endswith((",", "/", "&"))
        if not (open_end or follows[:1].islower()) or looks_like_bullet(follows):
            break
        title = f"{title} {follows}"
        position += 1
    document.title = title.strip(" :–-")
    return position


def read_title_without_code(document, words, name):
    """Without a code in the text the file's name may have it; the first line is the title."""
    if match := CODE_AND_TITLE.fullmatch(re.sub(r"[_ ]+", " ", PurePath(name).stem)):
        document.code = match["code"]
    else:
        document.not_understood.append(_("There is no code, such as 10.01, at the beginning."))
    if len(words[0]) <= 120 and not words[0].endswith("."):
        document.title = words[0]
        return 1
    document.title = match["title"] if match else ""
    if not document.title:
        document.not_understood.append(_("There is no title at the beginning."))
    return 0


def is_setting_name(text, setting_name, document):
    """The setting's name, or the title once more, alone under the title: no heading of the procedure."""
    if text.casefold() in (setting_name.casefold() or None, document.title.casefold()):
        return True
    words = re.findall(r"[^\W\d_]+", text)
    capitals = sum(1 for word in words if word[0].isupper())
    return len(text) <= 60 and not is_finished(text) and bool(SETTING_NAME.search(text)) and capitals >= len(words) - 1


def without_marks(text):
    """Markdown's signs for headings, stress and links taken off."""
    if match := MARKDOWN_HEADING.fullmatch(text):
        text = match["words"]
    text = re.sub(r"\[([^\]]+)\]\(([^)\s]+)[^)]*\)", r"\1 (\2)", text)
    return re.sub(r"(\*\*|__|`)(?=[^\s_*`])(.+?)(?<=[^\s_*`])\1", r"\2", text).strip()


# The body: blocks of lines, and what each of them is.


@dataclass
class Block:
    kind: str  # "heading", "commitment", "text" or "table"
    first: object  # its first Line
    texts: list
    is_short: bool = False
    apart: bool = False  # stands outside the list above it


def blocks_of(lines, layout):
    """The lines put together into headings, bullets, paragraphs and rows of tables."""
    blocks, counting, list_indent = [], Counting(), None
    for position, line in enumerate(lines):
        before = lines[position - 1] if position else None
        following = lines[position + 1] if position + 1 < len(lines) else None
        if match := MARKDOWN_HEADING.fullmatch(line.text):
            blocks.append(Block("heading", line, [match["words"]]))
        elif line.is_table:
            blocks.append(Block("table", line, [line.text]))
        elif bullet := find_bullet(line, before, layout, counting):
            blocks.append(Block("commitment", line, [bullet[1]] if bullet[1] else []))
            list_indent = line.indent
        elif blocks and not begins_block(line, before, following, blocks[-1], layout):
            blocks[-1].texts.append(line.text)
        elif is_heading(line, before, following, layout):
            blocks.append(Block("heading", line, [line.text.rstrip(":")]))
        else:
            blocks.append(
                Block(
                    "text", line, [line.text], is_short=is_short(line.text), apart=is_apart(line, list_indent, layout)
                )
            )
    return blocks


def begins_block(line, before, following, block, layout):
    """Whether a line that is no bullet begins something new."""
    if block.kind in ("heading", "table"):
        return True
    if not block.texts:
        return False
    if (is_finished(before.text) or layout.would_have_fitted(before, line, 0.8)) and is_review_line(line.text):
        return True
    return is_heading(line, before, following, layout) or not layout.goes_on(before, line)


def is_short(text):
    return len(text) <= 70 and len(text.split()) <= 10 and starts_upper(text) and not is_finished(text)


def is_heading(line, before, following, layout):
    """A short line in capitals' company that opens something and ends nothing."""
    text = line.text.rstrip(":")
    if not is_short(text) or following is None or line.is_table or FORM_LINE.search(line.text) or is_review_line(text):
        return False
    if text != line.text and (len(text.split()) > 4 or text.split()[-1].casefold() in LEADS_INTO_A_LIST):
        return False
    stands_alone = before is None or is_finished(before.text) or layout.empty_line_before(line)
    if not stands_alone and not layout.would_have_fitted(before, line, 0.8):
        return False
    if looks_like_bullet(following.text):
        return True
    if CODE_AND_TITLE.fullmatch(text):
        return False
    if layout.empty_line_before(following):
        return True
    return starts_upper(following.text) and layout.would_have_fitted(line, following, 0.8)


def is_apart(line, list_indent, layout):
    """Whether a paragraph stands further out than the list before it, and so is not part of its last bullet."""
    if list_indent is None or layout.spaced_out or not line.gap:
        return False
    return line.indent <= list_indent if layout.markdown else line.indent < list_indent


def place(document, block, vocabulary, is_last=False):
    """Add a block to the document as what it is."""
    paragraph = without_marks(vocabulary.paragraph(block.texts))
    last = document.body[-1] if document.body else None
    if block.kind in ("heading", "commitment"):
        if paragraph:
            document.body.append(Part(block.kind, [paragraph]))
        return
    why = why_unclear(document, block, paragraph, is_last)
    if block.kind == "text" and document.review is None and is_review_line(paragraph):
        document.review = read_review(paragraph)
    elif why:
        document.not_understood.append(paragraph)
        if last and last.kind == "unclear" and last.why == why:
            last.paragraphs.append(paragraph)
        else:
            document.body.append(Part("unclear", [paragraph], why))
    elif last and last.kind == "commitment" and not block.apart and not paragraph.endswith(":"):
        last.paragraphs.append(paragraph)
    else:
        document.body.append(Part("paragraph", [paragraph]))


def why_unclear(document, block, paragraph, is_last):
    """What is the matter with a block that we cannot place, in words for the editor; empty when nothing is."""
    if block.kind == "table":
        return _("This looks like a row of a table.")
    if FORM_LINE.search(paragraph):
        return _("This looks like a line to fill in.")
    if "\ufffd" in paragraph:
        return _("Some letters of this could not be read.")
    if document.review is not None:
        return _("This stands after the line about the review.")
    if is_last and block.is_short:
        return _("This short line at the end is no sentence.")
    return ""
