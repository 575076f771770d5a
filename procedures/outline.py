"""A procedure as it is laid out for reading: numbered commitments under their headings, mentions turned into links."""

from dataclasses import dataclass, field

from procedures.references import find_mentions, sort_key


@dataclass
class Entry:
    """A paragraph, or a commitment with its number and its own address; each paragraph is a list of (words, address)."""

    kind: str
    anchor: str
    paragraphs: list
    number: int | None = None


@dataclass
class Chapter:
    heading: str = ""
    anchor: str = ""
    entries: list = field(default_factory=list)


def outline(parts, links):
    """Chapters from (kind, id, value) parts. `links` maps a mention's sort key to (code, title, address)."""
    chapters, number = [Chapter()], 0
    for kind, identifier, value in parts:
        anchor = f"{kind[0]}-{str(identifier)[:8]}"
        if kind == "heading":
            chapters.append(Chapter(value, anchor))
        elif kind in ("paragraph", "commitment", "to_check"):
            number += kind == "commitment"
            paragraphs = [pieces(paragraph, links) for paragraph in split_paragraphs(value)]
            chapters[-1].entries.append(Entry(kind, anchor, paragraphs, number if kind == "commitment" else None))
    return [chapter for chapter in chapters if chapter.heading or chapter.entries]


def split_paragraphs(text):
    return [" ".join(paragraph.split()) for paragraph in text.replace("\r\n", "\n").split("\n\n") if paragraph.strip()]


def pieces(text, links):
    """The text cut into (words, address); address is empty for plain words."""
    cut, position = [], 0
    for mention in find_mentions(text, [(code, title) for code, title, _address in links.values()]):
        if (link := links.get(sort_key(mention.code))) is None:
            continue
        if mention.start > position:
            cut.append((text[position : mention.start], ""))
        cut.append((text[mention.start : mention.end], link[2]))
        position = mention.end
    if position < len(text):
        cut.append((text[position:], ""))
    return cut


def text_parts(parts):
    """The paragraphs in which other documents can be mentioned."""
    return [
        text
        for kind, _identifier, value in parts
        if kind in ("paragraph", "commitment")
        for text in split_paragraphs(value)
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
