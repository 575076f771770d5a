"""Who may see what of a journal, once more and in plain Python (tests/written_rules.py)."""

from dataclasses import dataclass, field

from tests.written_rules import LEADS, TAKING_PART


@dataclass
class Page:
    """A page of the journal: about whom, by whom, from where, and how far it has come."""

    children: set
    author: object
    from_home: bool = False
    shared: bool = False
    withdrawn: bool = False
    named: set = field(default_factory=set)  # children whom the words name, by a name of now or before
    pictured: set = field(default_factory=set)  # children in its photographs
    captioned: set = field(default_factory=set)  # children whom the words of its photographs name
    has_words: bool = True


@dataclass
class Said:
    """A comment in one child's journal."""

    page: object
    child: object
    author: object
    by_family: bool
    before_sharing: bool = False
    answers: object = None  # what the family said, that staff answer with this
    named: set = field(default_factory=set)  # children whom the words name


def may_read_page(facts, page, reader):
    return not page.withdrawn and (reads_as_family(facts, page, reader) or reads_as_staff(facts, page, reader))


def reads_as_family(facts, page, reader):
    own = facts.own(reader, TAKING_PART)
    return (
        bool(own & page.children)
        and not any(facts.shut_out(child, reader) for child in page.children | page.named)
        and (page.from_home or allow(facts, page.named - own))
        and (page.has_words or page.author == reader or pictures_open(facts, page, reader))
        and page.shared
        and (not page.from_home or facts.shown(reader, page.author))
    )


def allow(facts, children):
    """Whether the families of all these children let them appear before others."""
    return all(facts.allows(child, "others_journals") for child in children)


def reads_as_staff(facts, page, reader):
    if not page.children or not all(facts.looks_after(child, reader) for child in page.children):
        return False
    if any(facts.shut_out(child, reader) for child in page.named):
        return False
    if page.from_home and facts.hidden(reader, page.author):
        return False
    key = any(reader in facts.key.get(child, set()) for child in page.children)
    return page.shared or page.author == reader or key or bool(facts.roles.get(reader, set()) & LEADS)


def may_see_photograph(facts, page, reader):
    everybody = page.children | page.pictured | page.named | page.captioned
    if page.withdrawn or any("no_photographs" in facts.closed(child, reader) for child in everybody):
        return False
    if any(facts.shut_out(child, reader) for child in page.captioned):
        return False
    as_staff = reads_as_staff(facts, page, reader) and all(facts.looks_after(child, reader) for child in page.pictured)
    as_staff = as_staff and (pictures_allowed(facts, page) or not page.shared)
    return as_staff or (reads_as_family(facts, page, reader) and pictures_open(facts, page, reader))


def pictures_open(facts, page, reader):
    """Nobody in them, or in what is said about them, is kept out of other journals or closed to this reader."""
    met = page.pictured | page.captioned
    closed = any(facts.shut_out(child, reader) for child in met)
    return not closed and pictures_allowed(facts, page) and allow(facts, met - facts.own(reader, TAKING_PART))


def pictures_allowed(facts, page):
    """Photographs are allowed for everybody seen in them, today; what a family added itself is its own."""
    return page.from_home or all(facts.allows(child, "own_journal") for child in page.pictured)


def may_read_comment(facts, said, reader):
    if not may_read_page(facts, said.page, reader) or any(facts.shut_out(child, reader) for child in said.named):
        return False
    if facts.looks_after(said.child, reader):
        theirs = [one for one in (said, said.answers) if one and one.by_family]
        return not any(facts.hidden(reader, one.author) for one in theirs)
    family = facts.level(said.child, reader) >= TAKING_PART and not said.before_sharing
    to_whom = said.answers or said  # an answer has the readers of what it answers
    open_to_others = said.by_family or allow(facts, said.named - facts.own(reader, TAKING_PART))
    return family and open_to_others and (not to_whom.by_family or facts.shown(reader, to_whom.author))


WHO_MAY_SEE = {
    "page": lambda facts, secret, reader: may_read_page(facts, secret.about, reader),
    "photograph": lambda facts, secret, reader: may_see_photograph(facts, secret.about, reader),
    "comment": lambda facts, secret, reader: may_read_comment(facts, secret.about, reader),
}
