"""What every reader gives, whatever kind of file it read: lines, and what the file itself says about each of them."""

import re
from dataclasses import asdict, dataclass, fields

# Around words of a Word document that are no plain text; the reader apart knows no language to say so in.
TAKEN_OUT, PUT_IN, PICTURE, END = "\ue000", "\ue001", "\ue003", "\ue002"
SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s()<>\[\]\"]+", re.IGNORECASE)


class Trouble(Exception):
    """A file that gives no lines; its text is one of the words that `reading.SENTENCES` explains."""


@dataclass
class Line:
    """A line of text, a whole paragraph, or a row of a table."""

    text: str
    indent: int = 0  # about in characters
    gap: int = 0  # empty lines before it
    new_page: bool = False
    is_table: bool = False  # looks like the row of a table, from its spaces alone
    # What a Word document, or the type and the places in a PDF, tell and plain text cannot:
    whole: bool = False  # a paragraph from its beginning to its end
    heading: int = 0  # by its style: 1 is the highest
    strong: bool = False  # bold, underlined or larger from beginning to end
    size: float = 0  # of its letters, in points
    level: int = 0  # of a list kept by the file itself; 1 is the outermost
    label: str = ""  # the number that such a list gives it: "3.", "(a)"; empty for a bullet
    cells: list | None = None  # a row of a real table
    margin: bool = False  # stands in the lower margin of its page
    why: str = ""  # why it is no plain text: "changed", "picture", "struck" or "comment"
    changed: bool = False  # holds a change that nobody has decided on
    about: str = ""  # the words that a comment is about


DEFAULTS = {each.name: each.default for each in fields(Line)}


def packed(line):
    """A line as a small dictionary, to hand it from one process to another."""
    return {name: value for name, value in asdict(line).items() if value != DEFAULTS[name]}


def linked(words, address):
    """The words with their address, as a text keeps a link; only the words when the address is none to follow."""
    words = " ".join(words.replace("[", "(").replace("]", ")").split())
    address = address.strip()
    address = address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    if not words or not SAFE_ADDRESS.fullmatch(address):
        return words
    return words if words == address else f"[{words}]({address})"
