"""The cast: one small web of adults with different rights, for the demo, the tests and the manual's pictures.

Everybody here is invented and lives at an example.org address.
"""

from dataclasses import dataclass, fields
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.accounts.models import Authenticator, ContactDetails, Person
from people.families import actions_family
from people.families.access import Level, RestrictionKind
from people.families.actions_family import approve_restriction
from people.families.models import Child, Household, Kind, Responsibility
from people.setting import actions_roles, actions_setting
from people.setting.models import Room, Setting
from people.setting.roles import Role
from records.months import add_months
from versions.actions import acknowledge
from versions.models import PageVersion

PASSWORD = "kettle-meadow-lantern"  # noqa: S105 - the demo's own, printed when it starts

SETTING = {
    "name": "Hazel Lane Pre-school",
    "short_name": "Hazel Lane",
    "address": "The Old Reading Room\nHazel Lane\nUpper Marlow",
    "phone": "01632 960 123",
    "email": "hello@example.org",
    "ofsted_urn": "EY000000",
    "charity_number": "0000000",
    "safeguarding_lead": "Ruth Calder",
    "safeguarding_phone": "01632 960 124",
    "social_care_name": "County children's services",
    "social_care_phone": "01632 960 999",
}

# What each person of the cast is, in words; the order is that of `manage.py demo --people`.
PEOPLE = {
    "mother": ("Ewa Nowicka", "ewa@example.org", "Mother of Maja and Leon, with parental responsibility"),
    "father": ("Daniel Reed", "daniel@example.org", "Maja's father, lives apart, sees her records"),
    "stepfather": ("Marek Zielinski", "marek@example.org", "Maja's stepfather, takes part; Leon's father"),
    "grandmother": ("Halina Nowicka", "halina@example.org", "Grandmother who only collects"),
    "other_mother": ("Folake Adeyemi", "folake@example.org", "Another family: Tobi's mother"),
    "barred_father": ("Kunle Adeyemi", "kunle@example.org", "Tobi's father, barred by a court order"),
    "foster_carer": ("Carol Whitby", "carol@example.org", "Noor's foster carer"),
    "strict_father": ("Owen Pryce", "owen@example.org", "Alfie's father; keeps Alfie out of other journals"),
    "key_person": ("Sara Lind", "sara@example.org", "Key person of Maja, Tobi and Alfie"),
    "staff_parent": ("Jo Marsh", "jo@example.org", "Member of staff whose own child Alfie is here"),
    "manager": ("Helen Okoro", "helen@example.org", "Manager"),
    "deputy": ("Tom Ashby", "tom@example.org", "Deputy manager"),
    "safeguarding_lead": ("Ruth Calder", "ruth@example.org", "Designated safeguarding lead"),
    "senco": ("Anya Petrov", "anya@example.org", "SENCo, key person of Noor and Leon"),
    "chair": ("Martin Voss", "martin@example.org", "Chair of the committee"),
    "trustee": ("Leila Haddad", "leila@example.org", "Committee member"),
    "editor": ("Nina Brook", "nina@example.org", "Editor of pages, no other role"),
    "administrator": ("Ade Sol", "ade@example.org", "System administrator"),
}

ROLES = {
    "key_person": [Role.STAFF],
    "staff_parent": [Role.STAFF],
    "manager": [Role.MANAGER],
    "deputy": [Role.DEPUTY],
    "safeguarding_lead": [Role.SAFEGUARDING_LEAD],
    "senco": [Role.SENCO],
    "chair": [Role.CHAIR],
    "trustee": [Role.COMMITTEE],
    "editor": [Role.EDITOR],
    "administrator": [Role.ADMINISTRATOR],
}

CHILDREN = {
    "maja": ("Maja Nowicka-Reed", "Maja", 40, "No nuts. Carries a blue inhaler in her bag."),
    "leon": ("Leon Zielinski", "Leon", 27, ""),
    "tobi": ("Oluwatobi Adeyemi", "Tobi", 44, "Vegetarian."),
    "noor": ("Noor Hussain", "Noor", 38, ""),
    "alfie": ("Alfred Marsh-Pryce", "Alfie", 31, "Dairy-free."),
}

# child, adult, kind, label, responsibility, evidence, level, lives with the child, may collect
TIES = [
    ("maja", "mother", Kind.MOTHER, "Mama", "yes", "Birth certificate", Level.FULL, True, True),
    ("maja", "father", Kind.FATHER, "Daddy", "yes", "Birth certificate", Level.FULL, False, True),
    ("maja", "stepfather", Kind.STEP_PARENT, "Marek", "no", "", Level.PARTICIPATE, True, True),
    ("maja", "grandmother", Kind.GRANDPARENT, "Babcia", "no", "", Level.NONE, False, True),
    ("leon", "mother", Kind.MOTHER, "Mama", "yes", "Birth certificate", Level.FULL, True, True),
    ("leon", "stepfather", Kind.FATHER, "Tata", "yes", "Birth certificate", Level.FULL, True, True),
    ("tobi", "other_mother", Kind.MOTHER, "Mummy", "yes", "Birth certificate", Level.FULL, True, True),
    ("tobi", "barred_father", Kind.FATHER, "Daddy", "yes", "Birth certificate", Level.FULL, False, False),
    (
        "noor",
        "foster_carer",
        Kind.FOSTER_CARER,
        "Carol",
        "no",
        "Placement plan, delegated authority",
        Level.FULL,
        True,
        True,
    ),
    ("alfie", "staff_parent", Kind.MOTHER, "Mum", "yes", "Birth certificate", Level.FULL, True, True),
    ("alfie", "strict_father", Kind.FATHER, "Dad", "yes", "Birth certificate", Level.FULL, True, True),
]

HOUSEHOLDS = {"Nowicka and Zielinski": ["mother", "stepfather"], "Marsh and Pryce": ["staff_parent", "strict_father"]}
KEY_PEOPLE = [
    ("maja", "key_person"),
    ("tobi", "key_person"),
    ("alfie", "key_person"),
    ("noor", "senco"),
    ("leon", "senco"),
]


@dataclass
class Cast:
    """Everybody by the name under which the tests tell their story; `room` and `setting` too."""

    mother: Person
    father: Person
    stepfather: Person
    grandmother: Person
    other_mother: Person
    barred_father: Person
    foster_carer: Person
    strict_father: Person
    key_person: Person
    staff_parent: Person
    manager: Person
    deputy: Person
    safeguarding_lead: Person
    senco: Person
    chair: Person
    trustee: Person
    editor: Person
    administrator: Person
    maja: Child
    leon: Child
    tobi: Child
    noor: Child
    alfie: Child

    @property
    def people(self):
        """All the adults, by name."""
        return {name: getattr(self, name) for name in PEOPLE}

    @property
    def children(self):
        """All the children, by name."""
        return {name: getattr(self, name) for name in CHILDREN}


def load_cast():
    """The cast as it stands in the database; LookupError where it was never built."""
    people = {person.email: person for person in Person.objects.filter(email__endswith="@example.org")}
    children = {child.known_as: child for child in Child.objects.all()}
    named = {name: people.get(email) for name, (_full, email, _words) in PEOPLE.items()}
    named |= {name: children.get(known_as) for name, (_full, known_as, _age, _care) in CHILDREN.items()}
    if missing := [field.name for field in fields(Cast) if named[field.name] is None]:
        raise LookupError(f"Not in the database: {', '.join(missing)}")
    return Cast(**named)


@transaction.atomic
def build_cast(still_to_read=()):
    """Bring the whole cast into an empty setting; all but these few have read the privacy notice."""
    setting = actions_setting.first_setting(**SETTING)
    Setting.objects.filter(pk=setting.pk).update(**SETTING)
    room, _new = Room.objects.get_or_create(name="Acorns")
    people = {name: _person(name) for name in PEOPLE}
    for name, roles in ROLES.items():
        for role in roles:
            actions_roles.give_role(people[name], role, by=None, starts_on=timezone.localdate() - timedelta(days=400))
    children = {name: _child(name, room, people["manager"]) for name in CHILDREN}
    for family, members in HOUSEHOLDS.items():
        household = Household.objects.create(name=family)
        Person.objects.filter(pk__in=[people[name].pk for name in members]).update(household=household)
    for child, adult, kind, label, responsibility, evidence, level, lives_with, may_collect in TIES:
        actions_family.relate(
            children[child],
            people[adult],
            by=people["manager"],
            kind=kind,
            label=label,
            parental_responsibility=Responsibility(responsibility),
            evidence_seen=evidence,
            level=level,
            lives_with=lives_with,
            may_collect=may_collect,
            starts_on=children[child].starts_on,
        )
    order = actions_family.restrict(
        children["tobi"],
        people["barred_father"],
        by=people["manager"],
        kind=RestrictionKind.FULL,
        basis="Non-molestation order, county court, copy seen",
    )
    approve_restriction(order, by=people["safeguarding_lead"])
    for child, adult in KEY_PEOPLE:
        actions_family.place_key_person(children[child], people[adult], by=people["manager"])
    for name, person in people.items():
        for version in () if name in still_to_read else PageVersion.objects.waiting_for(person):
            acknowledge(version, person)
    return load_cast()


def _person(name):
    full_name, email, _words = PEOPLE[name]
    person = Person.objects.create_user(email, full_name, PASSWORD)
    number = list(PEOPLE).index(name)
    ContactDetails.objects.create(
        person=person, phone=f"07700 900 {number:03d}", address=f"{number + 3} {full_name.split()[1]} Row, Upper Marlow"
    )
    if name in ROLES:
        Authenticator.objects.create(user=person, name="Authenticator app", key=Authenticator.new_key(), confirmed=True)
    return person


def _child(name, room, manager):
    full_name, known_as, months, care = CHILDREN[name]
    today = timezone.localdate()
    born_on = add_months(today, -months)
    starts_on = max(add_months(today, -12), add_months(today, 24 - months))
    return actions_family.add_child(
        by=manager,
        full_name=full_name,
        known_as=known_as,
        born_on=born_on,
        room=room,
        starts_on=starts_on,
        care_notes=care,
    )
