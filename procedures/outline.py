"""A procedure as it is laid out for reading: numbered commitments under their headings, mentions turned into links."""

import re
from dataclasses import dataclass, field

from procedures.links import plain_words, split_links
from procedures.references import find_mentions, sort_key

WORDS = ("paragraph", "commitment", "point", "subpoint", "table")  # the kinds in which other documents can be mentioned
BETWEEN_CELLS = re.compile(r"(?<!\\)\|")


@dataclass
class Entry:
    """A paragraph, or a commitment with its number and its own address; each paragraph is a list of (words, address).

    A table has rows of cells instead, each cell such a list; the first row is its head.
    """

    kind: str
    anchor: str
    paragraphs: list
    number: str = ""
    rows: list = field(default_factory=list)


@dataclass
class Chapter:
    heading: str = ""
    anchor: str = ""
    entries: list = field(default_factory=list)


class Counter:
    """Numbers commitments through, and the points under each: 3, 3a, 3a (ii)."""

    def __init__(self):
        self.commitment = self.point = self.subpoint = 0

    def number(self, kind):
        if kind == "commitment":
            self.commitment, self.point, self.subpoint = self.commitment + 1, 0, 0
            return str(self.commitment)
        if kind == "point":
            self.point, self.subpoint = self.point + 1, 0
            return f"{self.commitment}{letters(self.point)}"
        if kind == "subpoint":
            self.subpoint += 1
            return f"{self.commitment}{letters(self.point)}.{self.subpoint}"
        return ""


def letters(number):
    """a, b … z, aa, ab …; nothing for 0."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def outline(parts, links):
    """Chapters from (kind, id, value) parts. `links` maps a mention's sort key to (code, title, address)."""
    chapters, counter = [Chapter()], Counter()
    for kind, identifier, value in parts:
        anchor = f"{kind[0]}-{str(identifier)[:8]}"
        if kind == "heading":
            chapters.append(Chapter(value, anchor))
        elif kind == "table":
            rows = [[pieces(cell, links) for cell in row] for row in rows_of(value)]
            chapters[-1].entries.append(Entry(kind, anchor, [], rows=rows))
        elif kind in WORDS or kind == "to_check":
            paragraphs = [pieces(paragraph, links) for paragraph in split_paragraphs(value)]
            chapters[-1].entries.append(Entry(kind, anchor, paragraphs, counter.number(kind)))
    return [chapter for chapter in chapters if chapter.heading or chapter.entries]


def rows_of(text):
    """The cells of a table's rows, all of the same number."""
    rows = [
        [cell.strip().replace("\\|", "|") for cell in BETWEEN_CELLS.split(line.strip())]
        for line in text.splitlines()
        if line.strip()
    ]
    most = max((len(row) for row in rows), default=0)
    return [row + [""] * (most - len(row)) for row in rows]


def split_paragraphs(text):
    return [" ".join(paragraph.split()) for paragraph in text.replace("\r\n", "\n").split("\n\n") if paragraph.strip()]


def pieces(text, links):
    """The text cut into (words, address); address is empty for plain words. Our own pages go before a written link."""
    text, written = split_links(text)
    known = [(code, title) for code, title, _address in links.values()]
    found = [
        (mention.start, mention.end, links[sort_key(mention.code)][2])
        for mention in (find_mentions(text, known) if links else ())
        if sort_key(mention.code) in links
    ]
    found += [link for link in written if not any(link[0] < end and start < link[1] for start, end, _to in found)]
    cut, position = [], 0
    for start, end, address in sorted(found):
        if start > position:
            cut.append((text[position:start], ""))
        cut.append((text[start:end], address))
        position = end
    if position < len(text):
        cut.append((text[position:], ""))
    return cut


def text_parts(parts):
    """The paragraphs in which other documents can be mentioned."""
    return [
        plain_words(text)
        for kind, _identifier, value in parts
        if kind in WORDS
        for text in (value.splitlines() if kind == "table" else split_paragraphs(value))
    ]


@dataclass
class Section:
    number: str
    title: str
    procedures: list


def sections_of(procedures):
    """Procedures, given in their order, gathered under the number before the point; the first title given names a section."""
    sections = []
    for procedure in procedures:
        number = procedure.code.partition(".")[0]
        if not sections or int(sections[-1].number) != int(number):
            sections.append(Section(number, "", []))
        sections[-1].title = sections[-1].title or procedure.section
        sections[-1].procedures.append(procedure)
    return sections
