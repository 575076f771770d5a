"""Books for the tests of every address."""

from portal.book.actions import ask_for_book
from tests.journal.pages import shared


def things(cast):
    """A book of Maja for each of her parents, who live apart; and the children of whom one could be made."""
    shared(cast.key_person, cast.maja)
    asked = {f"of_{who}": ask_for_book(cast.maja, "everything", by=getattr(cast, who)) for who in ("mother", "father")}
    ways = {name: {"child_id": book.child_id, "book_id": book.pk} for name, book in asked.items()}
    return {
        "book:choose": {name: {"child_id": getattr(cast, name).pk} for name in ("maja", "tobi")},
        "book:one": ways,
        "book:take": {name: way | {"kind": "screen"} for name, way in ways.items()},
    }
