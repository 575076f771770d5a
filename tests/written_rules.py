"""Who may see what, once more and in plain Python: from domain.md C3 and architecture.md, and from none of our querysets.

The canaries and the stateful test ask it. It knows facts only as sets and dictionaries, so that it cannot share a mistake
with the SQL that it judges. Read it beside the rules: restriction, then state, then level, then role.

Here stands what somebody is to a child. Who may see the records of a feature stands in `tests/<feature>/written_rules.py`;
its WHO_MAY_SEE has a rule for each kind of secret that the canaries carry.
"""

from dataclasses import dataclass, field
from functools import cache

from tests.found import found

NOTHING, INFORMATION, TAKING_PART, EVERYTHING = range(4)
SHUTS = {"no_portal", "full"}
HIDES = SHUTS | {"no_contact_details"}
LOOKS_AFTER = {"staff", "manager", "deputy", "safeguarding_lead", "deputy_safeguarding_lead", "senco"}
EVERY_ROOM = LOOKS_AFTER - {"staff"}
LEADS = {"manager", "deputy"}
WATCH = LEADS | {"safeguarding_lead", "deputy_safeguarding_lead"}


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

    def no_relative(self, adult, reader):
        """Whether the reader never had to do with a child of this adult."""
        return not any((child, reader) in self.ever for child, other in self.ever if other == adult)

    def works_as(self, reader, roles):
        """Whether somebody holds one of these roles today."""
        return bool(self.roles.get(reader, set()) & roles)

    def may_know_contact(self, adult, reader):
        """Phone, address, e-mail: the adult, those shown to each other, staff who are no family of that adult's children."""
        works = bool(self.roles.get(reader, set()) & LOOKS_AFTER)
        return self.shown(reader, adult) or (works and not self.hidden(reader, adult))


@cache
def who_may_see():
    """{kind of secret: whether it may be met, by facts, secret and reader} of all features."""
    return {kind: rule for module in found("written_rules") for kind, rule in module.WHO_MAY_SEE.items()}
