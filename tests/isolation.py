"""Families change in every way that life has, and after each change the portal is asked who may see what.

The model beside it are the written rules: plain Python (tests/written_rules.py). Everything in the portal is done by
its actions and asked by `visible_to` and by HTTP, in two open sessions of each person.
"""

import copy
from collections import Counter

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from people.accounts.models import Authenticator, Introduction
from people.families import actions_care as care
from people.families import actions_family
from people.families.models import Child, Household, Relationship, Restriction
from people.setting import actions_approval, actions_roles, rules_approval
from people.setting.models import RoleHeld, Room, StaffInRoom
from portal.demo.cast import load_cast
from portal.demo.drawings import drawn
from records.pictures import clean
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in
from tests.facts import facts_now, key_of
from tests.found import found
from tests.written_rules import EVERYTHING, LOOKS_AFTER

NUMBERS = st.integers(0, 10**6)
ROLES = st.sampled_from(sorted(LOOKS_AFTER | {"chair", "committee", "editor", "administrator"}))
BARS = st.sampled_from(["no_portal", "full", "no_photographs", "no_timetable", "no_collection", "no_contact_details"])
PURPOSES = st.sampled_from(["own_journal", "others_journals"])
COUNTS = Counter()


class Families(RuleBasedStateMachine):
    """One story; everything in it is undone at its end. `with_features` adds what happens in each feature."""

    sessions = {}
    picture = None

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.cast = load_cast()  # read afresh: what happened to somebody in an earlier story is undone
        self.adults = {person.pk: person for person in self.cast.people.values()}
        self.children = {key_of(child.pk): child for child in self.cast.children.values()}
        self.names = {key: [child.known_as] for key, child in self.children.items()}
        self.facts = copy.deepcopy(facts_now())
        self.turn, self.first, self.touched = 0, 0, None

    @initialize(first=NUMBERS)
    def somebody_is_asked_first(self, first):
        """Each story goes round from somebody else: so everybody is asked everything in the end."""
        self.first = first

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def in_order(self):
        """Everything with a random id, in the order in which it came; a feature adds its own."""
        return list(self.children)

    def one_of(self, things, number):
        """One of several, the same in each telling: children and pages by their order, since their ids are random."""
        order = {thing: place for place, thing in enumerate(self.in_order())}
        of = {thing: [order.get(part, part) for part in thing] if isinstance(thing, tuple) else 0 for thing in things}
        return sorted(things, key=lambda thing: of[thing] or [order.get(thing, thing)])[number % len(things)]

    def adult(self, number):
        """Anybody but the manager, who keeps the books in these stories and has no family here."""
        self.touched = self.adults[self.one_of(set(self.adults) - {self.cast.manager.pk}, number)]
        return self.touched

    def child(self, number):
        return self.one_of(self.children, number)

    # What happens in families.

    @rule(number=NUMBERS)
    def a_child_is_born(self, number):
        if len(self.children) >= 9:
            return
        born = actions_family.add_child(
            by=self.cast.manager,
            full_name="New Child",
            known_as=f"Newt{len(self.children)}",
            born_on=timezone.localdate(),
        )
        self.children[key_of(born.pk)] = born
        self.names[key_of(born.pk)] = [born.known_as]
        self.facts.rooms[key_of(born.pk)] = None
        self.relate(key_of(born.pk), self.adult(number), EVERYTHING)

    @rule(who=NUMBERS, whose=NUMBERS, level=st.integers(0, 3))
    def somebody_becomes_family(self, who, whose, level):
        self.relate(self.child(whose), self.adult(who), level)

    def relate(self, child, adult, level):
        actions_family.relate(
            self.children[child],
            adult,
            by=self.cast.manager,
            second=self.cast.deputy,  # for somebody who is barred it takes two
            kind="other",
            parental_responsibility="yes",
            level=level,
        )
        self.facts.ties[child, adult.pk] = level
        self.facts.is_what[child, adult.pk] = ("other", "yes")
        self.facts.tied.add((child, adult.pk))
        self.facts.ever.add((child, adult.pk))

    @precondition(lambda self: self.facts.ties)
    @rule(number=NUMBERS)
    def a_relationship_ends(self, number):
        child, adult = self.one_of(self.facts.ties, number)
        self.touched = self.adults[adult]
        running = Relationship.objects.running(timezone.localdate())
        actions_family.end_relationship(
            running.get(child=self.children[child], adult=self.adults[adult]), by=self.cast.manager
        )
        del self.facts.ties[child, adult]

    @rule(number=NUMBERS, who=NUMBERS, anybody=st.booleans(), kind=BARS)
    def something_is_closed(self, number, who, anybody, kind):
        child, adult = self.one_of(self.facts.ties, number) if self.facts.ties else (self.child(number), None)
        adult = self.adult(who) if anybody or adult is None else self.adults[adult]
        self.touched = adult
        actions_family.restrict(self.children[child], adult, by=self.cast.manager, kind=kind, basis="An order")
        self.facts.bars.setdefault((child, adult.pk), set()).add(kind)
        self.facts.ever.add((child, adult.pk))

    @precondition(lambda self: self.facts.bars)
    @rule(number=NUMBERS)
    def an_order_is_lifted(self, number):
        child, adult = self.one_of(self.facts.bars, number)
        self.touched = self.adults[adult]
        kind = self.one_of(self.facts.bars[child, adult], number)
        running = Restriction.objects.running(timezone.localdate())
        running.filter(child=self.children[child], adult=adult, kind=kind).update(ended_at=timezone.now())
        self.facts.bars[child, adult].discard(kind)
        if not self.facts.bars[child, adult]:
            del self.facts.bars[child, adult]

    @rule(who=NUMBERS, home=st.integers(0, 4))
    def somebody_moves(self, who, home):
        adult, homes = self.adult(who), list(Household.objects.order_by("pk"))
        adult.household = None if home == 0 else [*homes, Household.objects.create(name="New")][home % len(homes)]
        adult.save()
        self.facts.households[adult.pk] = adult.household_id

    @rule(who=NUMBERS, other=NUMBERS, chooses=st.booleans())
    def somebody_chooses_to_be_shown(self, who, other, chooses):
        one, two = self.adult(who), self.adult(other)
        if one == two:
            return
        if chooses and (one.pk, two.pk) not in self.facts.chosen:
            Introduction.objects.create(person=one, other=two)
            self.facts.chosen.add((one.pk, two.pk))
        elif not chooses:
            Introduction.objects.filter(person=one, other=two).update(ended_at=timezone.now())
            self.facts.chosen.discard((one.pk, two.pk))

    @rule(whose=NUMBERS, ends=st.booleans(), decider=st.sampled_from(["carer", "parents", "authority", "together"]))
    def an_authority_looks_after_a_child(self, whose, ends, decider):
        """Mostly Noor, who has a foster carer; it says who decides about photographs, or ends."""
        noor = key_of(self.cast.noor.pk)
        child = self.child(whose) if whose % 3 == 0 else noor
        row = self.children[child]
        if ends:
            care.end_care(row, by=self.cast.manager)
            self.facts.in_care.discard(child)
            return
        told = {"authority": "A county", "basis": "order", "social_worker": "", "phone": "", "email": ""}
        care.take_into_care(row, by=self.cast.manager, **told)
        care.delegate(row, {"photographs": (decider, "")}, by=self.cast.manager)
        self.facts.in_care.add(child)
        self.facts.agreed[child, "photographs"] = decider

    # What happens among those who work here.

    @rule(who=NUMBERS, number=NUMBERS, session=st.integers(0, 1))
    def somebody_asks_the_portal_again(self, who, number, session):
        """Asked twice as often as anything else happens."""
        self.ask(who, number, session, True)

    @rule(who=NUMBERS, role=ROLES)
    def somebody_begins_to_work_here(self, who, role):
        adult = self.adult(who)
        if approval := actions_roles.take_on(adult, role, by=self.cast.manager):
            voices = rules_approval.agreers_of(approval)
            if not voices:
                return actions_approval.stop(approval, by=self.cast.manager)
            actions_approval.agree(approval, by=voices[0])
        self.facts.roles.setdefault(adult.pk, set()).add(role)

    @rule(who=NUMBERS)
    def somebody_leaves(self, who):
        adult = self.adult(who)
        for held in RoleHeld.objects.running(timezone.localdate()).filter(person=adult):
            out_of_office(held)
        self.facts.roles.pop(adult.pk, None)

    @rule(who=NUMBERS, whose=NUMBERS)
    def a_key_person_is_chosen(self, who, whose):
        child, adult = self.child(whose), self.adult(who)
        actions_family.place_key_person(self.children[child], adult, by=self.cast.manager)
        self.facts.key[child] = {adult.pk}

    @rule(whose=NUMBERS, who=NUMBERS, number=st.integers(0, 2))
    def a_room_of_their_own(self, whose, who, number):
        rooms = list(Room.objects.order_by("pk"))
        if len(rooms) < 2:
            rooms.append(Room.objects.create(name="Beeches"))
            self.facts.several_rooms = True
        child, adult, room = self.child(whose), self.adult(who), rooms[number % 2]
        Child.objects.filter(pk=self.children[child].pk).update(room=room)
        self.facts.rooms[child] = room.pk
        if room.pk not in self.facts.works_in.get(adult.pk, set()):
            StaffInRoom.objects.create(person=adult, room=room)
            self.facts.works_in.setdefault(adult.pk, set()).add(room.pk)

    def called(self, child, number):
        """One of the names of a child, of now or from before."""
        return self.names[child][number % len(self.names[child])]

    @rule(whose=NUMBERS)
    def a_child_has_a_new_name(self, whose):
        child = self.child(whose)
        if len(self.names[child]) < 3:
            new = f"Nu{len(self.names[child])}{self.names[child][0]}"
            care.change_name(
                self.children[child], by=self.cast.manager, full_name=f"{new} Whitby", known_as=new, why="Deed poll"
            )
            self.names[child].append(new)

    def done(self, may, action, *things, **more):
        """What the action gives; it must refuse exactly where the written rules do."""
        try:
            given = action(*things, **more)
        except ActionRefused:
            assert not may, f"{action.__name__} refused what the rules allow"
            return None
        assert may, f"{action.__name__} did what the rules refuse"
        return given

    # What is asked.

    @invariant()
    def nobody_sees_more_or_less_than_the_rules_say(self):
        """One person after each step, by the querysets; the next one after the next, and in between whom it happened to."""
        self.turn += 1
        COUNTS["steps"] += 1
        in_turn = list(self.adults.values())[(self.first + self.turn // 3 * 7) % len(self.adults)]
        reader = self.touched if self.touched and self.turn % 3 else in_turn
        reader.access_cache = {}  # as in one request: read once, then asked
        for model, expected, asked in self.seen_by(reader.pk):
            self.agree(model, expected, reader)
            COUNTS["questions"] += asked
        reader.access_cache = None

    def seen_by(self, reader):
        """(model, ids that the rules open to this reader, how many there are) of this turn; a feature adds its own."""
        if self.turn % 2:
            open_to = {row.pk for child, row in self.children.items() if self.facts.may_open_card(child, reader)}
            yield Child, open_to, len(self.children)

    def agree(self, model, expected, reader):
        found = set(model.objects.visible_to(reader).order_by().values_list("pk", flat=True))
        assert found == expected, (
            f"{model.__name__}: {reader} sees {found - expected} too many and misses {expected - found}"
        )

    @rule(who=NUMBERS, number=NUMBERS, session=st.integers(0, 1), own=st.booleans())
    def somebody_asks_the_portal(self, who, number, session, own):
        self.ask(who, number, session, own)

    def ask(self, who, number, session, own):
        """The same by HTTP, in one of two sessions that stay open through everything that happens."""
        reader, child = self.adult(who), self.child(number)
        if own and self.facts.ever:
            child, pk = self.one_of(self.facts.ever, number)
            reader = self.adults[pk]
        client = self.sessions[reader.pk][session]
        for address, may in self.addresses(child, reader.pk, number):
            self.meets(client, address, may)

    def addresses(self, child, reader, number):
        """(address, whether it opens) of something about a child; a feature adds its own."""
        yield f"/children/{self.children[child].pk}/", self.facts.may_open_card(child, reader)

    def meets(self, client, address, may):
        COUNTS["questions"] += 1
        answer = client.get(address)
        assert answer.status_code == (200 if may else 404), f"{address}: {answer.status_code}, and may is {may}"


def with_features():
    """Return the story with what happens in every feature: the class `Stories` of `tests/<feature>/isolation.py`."""
    return type("EveryFeature", (*(module.Stories for module in found("isolation")), Families), {})


def prepare(cast):
    """Give everybody two open sessions (with a second factor, since anybody may begin to work here), once for all stories."""
    for person in cast.people.values():
        if not Authenticator.objects.filter(user=person).exists():
            Authenticator.objects.create(user=person, name="App", key=Authenticator.new_key(), confirmed=True)
    Families.sessions = {person.pk: (signed_in(person), signed_in(person)) for person in cast.people.values()}
    Families.picture = clean(drawn("tower", 1, (60, 40)))  # for whatever can have one
    COUNTS.clear()
