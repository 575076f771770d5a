"""From the lines of a file to the parts of a procedure. Nothing here touches the database."""

import re
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from procedures.beginning import MARKDOWN_HEADING, Beginning
from procedures.building import Builder
from procedures.layout import Layout
from procedures.links import plain_words, split_links
from procedures.numbering import Numbers
from procedures.reading import CannotRead, check_words, clean_lines, is_markdown, lines_of_file, split_lines
from procedures.references import distinct, find_mentions
from procedures.review import Review, review_among

__all__ = ["CannotRead", "Commitment", "Document", "Part", "as_plain", "read_file", "read_lines", "read_text"]

LISTED = {"commitment": 1, "point": 2, "subpoint": 3}


@dataclass
class Part:
    """One piece of the body in its order: a "heading", "paragraph", "commitment", "point" or "subpoint" under one,
    "table" (each paragraph a row), or "unclear" for somebody to look at."""

    kind: str
    paragraphs: list
    why: str = ""

    @property
    def text(self):
        return " ".join(self.paragraphs)

    @property
    def value(self):
        """The words as a page keeps them."""
        return ("\n" if self.kind == "table" else "\n\n").join(self.paragraphs)


@dataclass
class Commitment:
    heading: str
    text: str
    level: int = 1


@dataclass
class Document:
    """A procedure as we understood it."""

    code: str = ""
    title: str = ""
    section: str = ""
    body: list = field(default_factory=list)
    review: Review | None = None
    adopted_on: str = ""
    left_out: list = field(default_factory=list)
    not_understood: list = field(default_factory=list)

    @property
    def headings(self):
        return [plain_words(part.text) for part in self.body if part.kind == "heading"]

    @property
    def commitments(self):
        """Every item of a list, of whatever level, with the heading it stands under."""
        heading, found = "", []
        for part in self.body:
            if part.kind == "heading":
                heading = plain_words(part.text)
            elif part.kind in LISTED:
                found.append(Commitment(heading, plain_words(part.text), LISTED[part.kind]))
        return found

    @property
    def paragraphs(self):
        """What is said outside lists, in order."""
        return [plain_words(part.text) for part in self.body if part.kind == "paragraph"]

    @property
    def references(self):
        """Each other document that is mentioned, once, in order."""
        mentions = [
            mention
            for part in self.body
            if part.kind in ("paragraph", "table", *LISTED)
            for text in part.paragraphs
            for mention in find_mentions(plain_words(text))
        ]
        return distinct(mentions, self.code)

    @property
    def links(self):
        """The addresses that the words lead to: (words, address)."""
        found = []
        for part in self.body:
            words, links = split_links(part.text)
            found += [(words[start:end], address) for start, end, address in links]
        return found

    def stored(self):
        """As lists and dictionaries, to be kept until somebody has looked at it."""
        return asdict(self)

    @classmethod
    def from_stored(cls, stored):
        """The document that `stored` gave."""
        parts = [Part(**part) for part in stored["body"]]
        review = Review(**stored["review"]) if stored["review"] else None
        return cls(**{**stored, "body": parts, "review": review})


def read_file(content, name="", setting_name="", apart=None):
    """A Document from a file's bytes; CannotRead when they are no words."""
    lines, left_out = lines_of_file(content, name, apart)
    return read_lines(lines, left_out, name, setting_name)


def read_text(text, name="", setting_name=""):
    """A Document from words; `name` is the file's name, which may hold the code when the text does not."""
    lines, left_out = clean_lines(split_lines(check_words(text), is_markdown(name)))
    return read_lines(lines, left_out, name, setting_name)


def read_lines(lines, left_out=(), name="", setting_name=""):
    """A Document from the lines that any reader gave."""
    if not lines:
        raise CannotRead(_("There are no words in this file."))
    markdown = is_markdown(name) or any(re.match(r"#{1,6}\s+\S", line.text) for line in lines)
    for line in lines if markdown else ():
        if match := MARKDOWN_HEADING.fullmatch(line.text):
            line.heading, line.text = len(match["signs"]), match["words"]
    document = Document(left_out=list(left_out))
    if any(line.changed for line in lines):
        document.not_understood.append(
            _("This document holds changes that nobody has decided on. Each is shown with both its sides.")
        )
    lines = Beginning(document, lines, name, setting_name).read()
    Builder(document, Layout(lines, markdown), Numbers(lines), Part).build(lines)
    document.review = review_among(document.review, document.left_out)
    if not any(part.kind in ("paragraph", "table", *LISTED) for part in document.body):
        document.not_understood.append(_("There is a title and nothing under it."))
    return document


def as_plain(document, find_page=lambda reference: None, file=""):
    """What was understood, as plain lists and dictionaries for scripts."""
    return {
        "file": file,
        "code": document.code,
        "title": document.title,
        "section": document.section,
        "headings": document.headings,
        "paragraphs": document.paragraphs,
        "commitments": [asdict(commitment) for commitment in document.commitments],
        "tables": [part.paragraphs for part in document.body if part.kind == "table"],
        "links": [{"words": words, "address": address} for words, address in document.links],
        "references": [
            {"code": reference.code, "title": reference.title, "page": find_page(reference)}
            for reference in document.references
        ],
        "review": asdict(document.review or Review()),
        "adopted_on": document.adopted_on or None,
        "left_out": document.left_out,
        "not_understood": document.not_understood,
    }
