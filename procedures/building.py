"""The body of a procedure from its lines: headings, paragraphs, lists within lists, tables, and what is left aside."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from procedures.beginning import CODE_AND_TITLE, TITLE_GOES_ON, without_marks
from procedures.links import plain_words
from procedures.numbering import Nesting
from procedures.rejoining import Counting, Vocabulary, find_bullet, is_finished, looks_like_bullet, starts_upper
from procedures.review import begins_with_review, is_review_line, read_review
from procedures.signing import adopted_on, is_fill_in, is_signing, is_signing_table, may_follow_signing

LEADS_INTO_A_LIST = frozenset(
    "will must should may can to are is be include includes including following we they that who ensure by".split()
)
QUESTION_WORDS = frozenset("who whom whose what where when why how which".split())
HEADING_NUMBER = re.compile(r"(?:\(?(?:\d{1,2}|[a-zA-Z])[.)]|\d{1,2}(?:\.\d{1,2}){0,2}\.?)\s+(?=[^\W\d])")
LISTED = ("commitment", "point", "subpoint")
KINDS = {1: "commitment", 2: "point"}


@dataclass
class Block:
    """Lines that belong together, and what they are."""

    kind: str  # "heading", "listed", "text", "table", "footnote" or "aside"
    first: object  # its first Line
    texts: list = field(default_factory=list)
    level: int = 0
    is_short: bool = False
    apart: bool = False  # stands outside the list above it


class Builder:
    """Adds the parts to a document, line by line."""

    def __init__(self, document, layout, numbers, part):
        self.document, self.layout, self.numbers, self.part = document, layout, numbers, part
        self.counting, self.nesting = Counting(), Nesting()
        self.blocks, self.signing, self.seen_signing = [], False, False
        self.list_indent, self.list_gap = None, 0

    def build(self, lines):
        for position, line in enumerate(lines):
            before = lines[position - 1] if position else None
            following = lines[position + 1] if position + 1 < len(lines) else None
            self.take(position, line, before, following)
        vocabulary = Vocabulary(lines)
        for block in self.blocks:
            self.place(block, vocabulary, is_last=block is self.blocks[-1])

    # First step: which lines belong together.

    def take(self, position, line, before, following):
        if line.why:
            self.nesting.close()
            self.blocks.append(Block("aside", line, [line.text]))
        elif line.label == "footnote":
            self.blocks.append(Block("footnote", line, [line.text]))
        elif line.cells:
            self.take_row(line)
        elif (title := self.heading_of(position, line, before, following)) is not None:
            self.take_heading(line, before, title)
        elif listed := self.item_of(position, line, before):
            self.seen_signing = False
            self.take_item(line, *listed)
        elif line.is_table:
            self.take_row(line)
        elif self.blocks and not self.begins_block(line, before, following):
            self.blocks[-1].texts.append(line.text)
        else:
            self.seen_signing = self.seen_signing or (bool(self.blocks) and is_signing(line.text))
            apart = self.is_apart(line)
            if apart or line.text.endswith(":"):
                self.nesting.close()
            self.blocks.append(Block("text", line, [line.text], is_short=is_short(line.text), apart=apart))

    def take_row(self, line):
        if self.blocks and self.blocks[-1].kind == "table" and bool(self.blocks[-1].first.cells) == bool(line.cells):
            self.blocks[-1].texts.append(line)
        else:
            self.blocks.append(Block("table", line, [line]))

    def take_heading(self, line, before, title):
        last = self.blocks[-1] if self.blocks else None
        if last and last.kind == "heading" and self.is_same_heading(line, before, last):
            last.texts.append(line.text)
            return
        self.nesting.close()
        self.list_indent = None
        self.blocks.append(Block("heading", line, [title]))

    def is_same_heading(self, line, before, last):
        """Whether a heading runs on into this line of a page."""
        if line.whole or line.gap or not line.strong or line.size != before.size or last.texts[-1].endswith(":"):
            return False
        ends_open = last.texts[-1].rsplit(" ", 1)[-1].casefold() in TITLE_GOES_ON
        return ends_open or line.text[:1].islower() or not self.layout.would_have_fitted(before, line, 0.8)

    def item_of(self, position, line, before):
        """The kind of sign and the words, where the line begins an item of a list."""
        if position in self.numbers.clauses:
            return "clause", self.numbers.clauses[position]
        if line.level:
            bullet = find_bullet(line, before, self.layout, Counting())
            return f"level {line.level}", bullet[1] if bullet and bullet[0] not in ("number", "letter") else line.text
        return find_bullet(line, before, self.layout, self.counting)

    def take_item(self, line, kind, words):
        indent = line.indent + 3 * (line.level - 1) if line.level else line.indent
        last = self.blocks[-1] if self.blocks else None
        leads_on = last is not None and last.kind in ("listed", "text") and "".join(last.texts[-1:]).endswith(":")
        if last is not None and last.kind != "listed" and not (last.kind == "text" and not last.apart):
            self.nesting.close()
        level = self.nesting.level(kind, indent, leads_on and last.kind == "listed")
        self.blocks.append(Block("listed", line, [words] if words else [], level=level))
        self.list_indent, self.list_gap = line.indent, line.gap

    def begins_block(self, line, before, following):
        """Whether a line that is no item of a list begins something new."""
        block = self.blocks[-1]
        if block.kind in ("heading", "table", "footnote", "aside"):
            return True
        if not block.texts:
            return False
        ended = is_finished(before.text) or self.layout.would_have_fitted(before, line, 0.8)
        if starts_upper(line.text) and (is_review_line(line.text) or (ended and is_signing(line.text))):
            return True
        if CODE_AND_TITLE.fullmatch(line.text) and is_short_reference(line.text) and is_short_reference(before.text):
            return True
        if self.layout.placed and block.kind == "listed" and is_finished(before.text) and self.is_apart(line):
            return True
        return not self.layout.goes_on(before, line)

    def is_apart(self, line):
        """Whether a paragraph stands further out than the list before it, and so is not part of its last item."""
        if self.list_indent is None or self.layout.spaced_out:
            return False
        if line.whole or self.layout.placed:
            return line.indent <= self.list_indent if not line.whole else line.indent < max(self.list_indent, 1)
        if not line.gap:
            return False
        if self.layout.markdown or (self.layout.tight and not self.list_gap):
            return line.indent <= self.list_indent
        return line.indent < self.list_indent

    # What a heading is.

    def heading_of(self, position, line, before, following):
        """A heading's words, or None."""
        text = line.text.rstrip(": ")
        if position in self.numbers.headings:
            return self.numbers.headings[position]
        if line.is_table or is_fill_in(line.text) or is_signing(line.text) or is_review_line(text):
            return None
        if leads_on(line.text):
            return None
        if line.heading and not line.text.endswith(".") and len(text) <= 200:
            return HEADING_NUMBER.sub("", text)
        if line.level:
            return text if self.is_numbered_heading(line, following) else None
        if self.layout.is_strong_title(line) and following is not None and self.opens(line, following):
            return HEADING_NUMBER.sub("", text)
        if looks_like_bullet(line.text) or position in self.numbers.clauses:
            return None
        return text if self.is_plain_heading(position, line, before, following) else None

    def opens(self, line, following):
        """A line in bold is a heading unless it is one of several items in bold."""
        if not looks_like_bullet(line.text):
            return True
        return bool(HEADING_NUMBER.match(line.text)) and not (following.strong and looks_like_bullet(following.text))

    def is_numbered_heading(self, line, following):
        if following is None or not line.label or is_finished(line.text) or len(line.text.split()) > 10:
            return False
        if line.strong and not self.layout.weight_means_nothing:
            return following.level != line.level or not following.strong
        return False

    def is_plain_heading(self, position, line, before, following):
        """A short line in capitals' company that opens something and ends nothing."""
        layout, text = self.layout, line.text.rstrip(":")
        if (
            following is None
            or self.seen_signing
            or not is_short(text, may_ask=layout.empty_line_before(line) or before is None)
        ):
            return False
        if text != line.text and len(text.split()) > 4:
            return False
        if layout.hinted and not self.is_plain_among_hinted(position, text, following):
            return False
        stands_alone = before is None or is_finished(before.text) or layout.empty_line_before(line)
        opens_list = self.begins_list(position + 1, following)
        if not stands_alone and not layout.would_have_fitted(before, line, 0.97 if opens_list else 0.8):
            return False
        if opens_list:
            return True
        if CODE_AND_TITLE.fullmatch(text):
            return False
        if layout.empty_line_before(following):
            return not (text.endswith(",") or following.text[:1].islower())
        return starts_upper(following.text) and layout.would_have_fitted(line, following, 0.8)

    def begins_list(self, position, line):
        """Whether something countable begins with this line: a list, clauses, a table, other procedures by name."""
        if line.level or line.cells or position in self.numbers.clauses or self.layout.is_bullet(line.text):
            return True
        return bool(CODE_AND_TITLE.fullmatch(line.text)) and is_short_reference(line.text)

    def is_plain_among_hinted(self, position, text, following):
        """Where headings are bold, a plain short line is one only in capitals, or right above a list."""
        if text.isupper() and len(text) > 3:
            return True
        return self.begins_list(position + 1, following) and len(text.split()) <= 6

    # Second step: what each block becomes.

    def place(self, block, vocabulary, is_last=False):
        if block.kind == "table":
            self.place_table(block)
            return
        paragraph = without_marks(vocabulary.paragraph(block.texts))
        if not paragraph:
            return
        if block.kind == "aside":
            self.place_aside(block, paragraph)
        elif block.kind == "heading":
            self.signing = False
            self.add("heading", plain_words(paragraph))
        elif block.kind == "listed":
            self.signing = False
            self.note_review(paragraph, only_own=True)
            self.add(KINDS.get(block.level, "subpoint"), paragraph)
        else:
            self.place_text(block, paragraph, is_last)

    def place_text(self, block, paragraph, is_last):
        document = self.document
        last = document.body[-1] if document.body else None
        if is_review_line(paragraph):
            self.note_review(paragraph)
            document.adopted_on = document.adopted_on or adopted_on(paragraph)
        elif is_signing(paragraph) or (self.signing and may_follow_signing(paragraph)):
            self.signing = any(part.kind in LISTED for part in document.body)
            document.adopted_on = document.adopted_on or adopted_on(paragraph)
            document.left_out.append(paragraph)
        elif why := why_unclear(block, paragraph, is_last):
            self.add_unclear(paragraph, why)
        elif last and last.kind in LISTED and not block.apart and not paragraph.endswith(":"):
            last.paragraphs.append(paragraph)
        else:
            self.note_review(paragraph, only_own=True)
            self.add("paragraph", paragraph)

    def place_aside(self, block, paragraph):
        """A picture, or a change that nobody has decided on, waits at its place for an editor."""
        if block.first.why == "picture":
            self.document.left_out.append(paragraph)
            self.add_unclear(paragraph, _("Pictures are not brought in. Put it in here, or write what it says."))
        else:
            self.add_unclear(paragraph, _("Nobody has decided on this change yet: keep one side of it."))

    def place_table(self, block):
        if not block.first.cells:
            for line in block.texts:
                self.add_unclear(line.text, _("This looks like a row of a table."))
            return
        rows = [[without_marks(cell) for cell in line.cells] for line in block.texts]
        if is_signing_table(rows):
            for row in rows:
                words = ": ".join(cell.rstrip(": ") for cell in row if cell)
                self.document.left_out.append(words)
                self.document.adopted_on = self.document.adopted_on or adopted_on(words)
            return
        columns = max(len(row) for row in rows)
        rows = [row + [""] * (columns - len(row)) for row in rows]
        self.document.body.append(
            self.part("table", [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows])
        )

    def add(self, kind, paragraph):
        self.document.body.append(self.part(kind, [paragraph]))

    def add_unclear(self, paragraph, why):
        body = self.document.body
        self.document.not_understood.append(paragraph)
        if body and body[-1].kind == "unclear" and body[-1].why == why:
            body[-1].paragraphs.append(paragraph)
        else:
            body.append(self.part("unclear", [paragraph], why))

    def note_review(self, paragraph, only_own=False):
        """Read the review cycle that a sentence states; `only_own`: only where it speaks of this procedure."""
        if only_own and not begins_with_review(paragraph):
            return
        if found := read_review(paragraph.partition(". ")[0]):
            self.document.review = found.joined(self.document.review)


def is_short(text, may_ask=False):
    if not starts_upper(text):
        return False
    if may_ask and text.endswith("?"):
        return len(text) <= 100 and len(text.split()) <= 16
    return len(text) <= 70 and len(text.split()) <= 10 and not is_finished(text)


def is_short_reference(text):
    return len(text) <= 90 and not is_finished(text)


def leads_on(text):
    """Whether the words lead into a list and are no heading: "Staff will:"."""
    words = text.rstrip(": ").split()
    if not words or words[-1].casefold() not in LEADS_INTO_A_LIST:
        return False
    if not text.endswith(":") and words[0].casefold() in QUESTION_WORDS:
        return False  # "Who else you can turn to", "Who we are"
    return text.endswith(":") or len(words) > 1


def why_unclear(block, paragraph, is_last):
    """What is the matter with a block that we cannot place, in words for the editor; empty when nothing is."""
    if block.kind == "footnote":
        return _("This is a footnote.")
    if is_fill_in(paragraph):
        return _("This looks like a line to fill in.")
    if "\ufffd" in paragraph:
        return _("Some letters of this could not be read.")
    if is_last and block.is_short:
        return _("This short line at the end is no sentence.")
    return ""
