"""Who may see what, once more and in plain Python: from domain.md C3 and architecture.md, and from none of our querysets.

The canaries and the stateful test ask it. It knows facts only as sets and dictionaries, so that it cannot share a mistake
with the SQL that it judges. Read it beside the rules: restriction, then state, then level, then role.
"""

from dataclasses import dataclass, field

NOTHING, INFORMATION, TAKING_PART, EVERYTHING = range(4)
SHUTS = {"no_portal", "full"}
HIDES = SHUTS | {"no_contact_details"}
LOOKS_AFTER = {"staff", "manager", "deputy", "safeguarding_lead", "deputy_safeguarding_lead", "senco"}
EVERY_ROOM = LOOKS_AFTER - {"staff"}
LEADS = {"manager", "deputy"}
WATCH = LEADS | {"safeguarding_lead", "deputy_safeguarding_lead"}


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


@dataclass
class Facts:
    """What is true today. Children and adults are named by whatever names them: keys, or words in a story."""

    ties: dict = field(default_factory=dict)  # (child, adult): level, of those that run today
    bars: dict = field(default_factory=dict)  # (child, adult): kinds of restriction that run today
    tied: set = field(default_factory=set)  # (child, adult): a tie, now or once
    ever: set = field(default_factory=set)  # (child, adult): a tie or a restriction, now or once
    roles: dict = field(default_factory=dict)  # adult: roles held today
    households: dict = field(default_factory=dict)  # adult: household
    chosen: set = field(default_factory=set)  # (adult, other): shown by choice
    words: dict = field(default_factory=dict)  # (child, adult, purpose): the last word, yes or no
    in_care: set = field(default_factory=set)  # children whom an authority looks after
    agreed: dict = field(default_factory=dict)  # (child, matter): who decides
    is_what: dict = field(default_factory=dict)  # (child, adult): (kind of relationship, parental responsibility)
    key: dict = field(default_factory=dict)  # child: its key person and back-up
    rooms: dict = field(default_factory=dict)  # child: room
    works_in: dict = field(default_factory=dict)  # adult: rooms
    several_rooms: bool = False

    # What somebody is to a child.

    def closed(self, child, reader):
        return self.bars.get((child, reader), set())

    def shut_out(self, child, reader):
        return bool(self.closed(child, reader) & SHUTS)

    def level(self, child, reader):
        """What is open to family: nothing where a restriction shuts the portal, whatever the relationship."""
        return NOTHING if self.shut_out(child, reader) else self.ties.get((child, reader), NOTHING)

    def own(self, reader, at_least):
        return {child for child, adult in self.ties if adult == reader and self.level(child, reader) >= at_least}

    def looks_after(self, child, reader):
        """As staff; never a child with whom there is, or ever was, a relationship or an order."""
        roles = self.roles.get(reader, set())
        if not roles & LOOKS_AFTER or (child, reader) in self.ever:
            return False
        if roles & EVERY_ROOM or not self.several_rooms or self.rooms.get(child) is None:
            return True
        return self.rooms[child] in self.works_in.get(reader, set()) or reader in self.key.get(child, set())

    def shown(self, reader, other):
        """Adults are hidden from each other, unless they share a home or both chose to be shown; never across an order."""
        home = self.households.get(reader)
        at_home = home is not None and home == self.households.get(other)
        near = at_home or {(reader, other), (other, reader)} <= self.chosen
        return reader == other or (near and not self._kept_from(reader, other) and not self._kept_from(other, reader))

    def hidden(self, reader, adult):
        """An adult around a child of the reader's own family who is not shown to them: as staff they read nothing of theirs."""
        in_common = any((child, reader) in self.ever for child, other in self.ever if other == adult)
        return in_common and not self.shown(reader, adult)

    def _kept_from(self, one, other):
        """Whether an order keeps one of them from a child of the other's, or from the details of its adults."""
        return any(
            adult == one and kinds & HIDES and (child, other) in self.tied
            for (child, adult), kinds in self.bars.items()
        )

    def allows(self, child, purpose):
        """At least one yes and no no, among those with a full say today; whoever is shut out can still say no."""
        yes = False
        for (whose, adult, what), word in self.words.items():
            if whose == child and what == purpose and self.ties.get((child, adult), NOTHING) == EVERYTHING:
                if not word:
                    return False
                yes = yes or (not self.shut_out(child, adult) and self.may_say_yes(child, adult, purpose))
        return yes

    def may_say_yes(self, child, adult, purpose):
        """For a child in care only whoever decides by agreement; for every other child whoever has a full say."""
        if child not in self.in_care:
            return True
        kind, responsibility = self.is_what.get((child, adult), ("", ""))
        matter = {"outings": "outings"}.get(purpose, "photographs" if "journal" in purpose else "sharing")
        carer = kind == "foster_carer"
        deciding = {"carer": carer, "parents": responsibility == "yes" and not carer}
        return deciding.get(self.agreed.get((child, matter)), False)

    # Who may see what.

    def may_open_card(self, child, reader):
        return self.level(child, reader) >= INFORMATION or self.looks_after(child, reader)

    def may_read_page(self, page, reader):
        return not page.withdrawn and (self._as_family(page, reader) or self.reads_as_staff(page, reader))

    def _as_family(self, page, reader):
        own = self.own(reader, TAKING_PART)
        return (
            bool(own & page.children)
            and not any(self.shut_out(child, reader) for child in page.children | page.named)
            and (page.from_home or self.allow(page.named - own))
            and (page.has_words or page.author == reader or self._pictures_open(page, reader))
            and page.shared
            and (not page.from_home or self.shown(reader, page.author))
        )

    def allow(self, children):
        """Whether the families of all these children let them appear before others."""
        return all(self.allows(child, "others_journals") for child in children)

    def reads_as_staff(self, page, reader):
        if not page.children or not all(self.looks_after(child, reader) for child in page.children):
            return False
        if any(self.shut_out(child, reader) for child in page.named):
            return False
        if page.from_home and self.hidden(reader, page.author):
            return False
        key = any(reader in self.key.get(child, set()) for child in page.children)
        return page.shared or page.author == reader or key or bool(self.roles.get(reader, set()) & LEADS)

    def may_see_photograph(self, page, reader):
        everybody = page.children | page.pictured | page.named | page.captioned
        if page.withdrawn or any("no_photographs" in self.closed(child, reader) for child in everybody):
            return False
        if any(self.shut_out(child, reader) for child in page.captioned):
            return False
        as_staff = self.reads_as_staff(page, reader) and all(self.looks_after(child, reader) for child in page.pictured)
        as_staff = as_staff and (self._pictures_allowed(page) or not page.shared)
        return as_staff or (self._as_family(page, reader) and self._pictures_open(page, reader))

    def _pictures_open(self, page, reader):
        """Nobody in them, or in what is said about them, is kept out of other journals or closed to this reader."""
        met = page.pictured | page.captioned
        closed = any(self.shut_out(child, reader) for child in met)
        return not closed and self._pictures_allowed(page) and self.allow(met - self.own(reader, TAKING_PART))

    def _pictures_allowed(self, page):
        """Photographs are allowed for everybody seen in them, today; what a family added itself is its own."""
        return page.from_home or all(self.allows(child, "own_journal") for child in page.pictured)

    def may_read_comment(self, said, reader):
        if not self.may_read_page(said.page, reader) or any(self.shut_out(child, reader) for child in said.named):
            return False
        if self.looks_after(said.child, reader):
            theirs = [one for one in (said, said.answers) if one and one.by_family]
            return not any(self.hidden(reader, one.author) for one in theirs)
        family = self.level(said.child, reader) >= TAKING_PART and not said.before_sharing
        to_whom = said.answers or said  # an answer has the readers of what it answers
        open_to_others = said.by_family or self.allow(said.named - self.own(reader, TAKING_PART))
        return family and open_to_others and (not to_whom.by_family or self.shown(reader, to_whom.author))

    def may_know_contact(self, adult, reader):
        """Phone, address, e-mail: the adult, those shown to each other, staff who are no family of that adult's children."""
        works = bool(self.roles.get(reader, set()) & LOOKS_AFTER)
        return self.shown(reader, adult) or (works and not self.hidden(reader, adult))
