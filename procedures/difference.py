"""What an import would change on a page: the comparison of two versions, made before there is a second one."""

from procedures.links import plain_words
from procedures.outline import WORDS
from versions.compare import SAME, changes


def difference(before, after):
    """The changes (versions.compare.Change) from one list of (kind, id, value) parts to another, without what stays."""
    return [change for change in changes(_words(before), _words(after)) if change.fate != SAME]


def _words(parts):
    return [[kind, identifier, plain_words(value)] for kind, identifier, value in parts if kind in ("heading", *WORDS)]


def counts_of(found):
    """How many changes of each sort there are."""
    return {fate: sum(change.fate == fate for change in found) for fate in ("new", "gone", "changed")}
