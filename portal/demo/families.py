"""What is kept about the families of Hazel Lane: Noor's care, the week's sessions, how some parents like to be spoken to."""

from datetime import time

from people.accounts import actions_me
from people.families import actions_care
from people.families.models import LookedAfterStatus
from people.setting import actions_rooms
from people.setting.actions_roles import take_on
from people.setting.models import Weekday
from people.setting.roles import Role

DECISIONS = {
    "outings": ("carer", "On foot and by bus"),
    "photographs": ("carer", "In Noor's own journal only, never on the website"),
    "medicines": ("carer", ""),
    "urgent_treatment": ("authority", "Ring the duty team at any hour"),
    "collection": ("authority", "Nobody but Carol without a word from the social worker"),
    "religion": ("parents", "Halal; hair is not cut"),
}

SESSIONS = {
    "maja": [Weekday.MONDAY, Weekday.TUESDAY, Weekday.THURSDAY],
    "leon": [Weekday.TUESDAY, Weekday.THURSDAY],
    "tobi": [Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY],
    "noor": [Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY],
    "alfie": [Weekday.THURSDAY, Weekday.FRIDAY],
}


def tell(cast):
    """Through the actions, by the manager and by the parents themselves."""
    actions_care.take_into_care(
        cast.noor,
        by=cast.manager,
        authority="Marlow County Council",
        basis=LookedAfterStatus.Basis.ORDER,
        social_worker="Priya Nair",
        phone="01632 960 777",
        email="priya.nair@example.org",
    )
    actions_care.delegate(cast.noor, DECISIONS, by=cast.manager)
    for name, days in SESSIONS.items():
        child = getattr(cast, name)
        for weekday in days:
            actions_rooms.add_session(
                child,
                by=cast.manager,
                weekday=weekday,
                starts_at=time(9),
                ends_at=time(15),
                starts_on=child.starts_on,
            )
    for person in (cast.key_person, cast.staff_parent, cast.senco):
        actions_rooms.place_in_room(person, cast.maja.room, by=cast.manager)
    actions_me.keep_about_me(
        cast.mother, languages_spoken="Polish, English", languages_read="Polish", access_needs="A seat near the door."
    )
    actions_me.keep_about_me(cast.other_mother, languages_spoken="English, Yoruba", large_print=True)
    take_on(cast.trustee, Role.DEPUTY_SAFEGUARDING_LEAD, by=cast.manager)  # the chair has not agreed yet
