"""A progress check at two under way at Hazel Lane, a summary that both of Maja's parents read, and one that is final."""

from datetime import timedelta

from django.utils import timezone

from people.families.access import Level
from people.families.eyfs import PRIME, Area
from people.families.models import Relationship
from portal.progress import actions, actions_family
from portal.progress.models import Invitation, Kind, Part, WhoCompletes

PARTS = {
    "mother": {
        "enjoys": "Pouring: water, rice, sand, my tea if I look away. And the song about the kettle, ten times.",
        "proud_of": "He took his grandmother by the hand and showed her his coat peg.",
        "words": "Polish at home, English with you. He says “more woda” and means it.",
        "daily": "Sleeps through since October. Eats everything but peas.",
        "worries": "He does not put many words together yet.",
        "hopes": "A friend he asks for by name.",
    },
    "father": {"enjoys": "The balcony beans. She waters them by telephone.", "hopes": "That she keeps asking why."},
}
OF_LEON = {
    Area.COMMUNICATION: {
        "can": "Names what he wants, in two languages, and follows a story to its end.",
        "well": "Listens for a long time and joins in with the last word of each line.",
        "support": "Putting words together: we say his two words back to him as three.",
    },
    Area.PERSONAL: {
        "can": "Waits for his turn at the tap.",
        "well": "Comes to me when he is sad, and goes back to play.",
        "support": "Joining a group that has begun without him.",
    },
    Area.PHYSICAL: {
        "can": "Carries the full watering can right across the garden.",
        "well": "Climbs the steps with one foot after the other.",
        "support": "Nothing at present.",
    },
}
EMPTY = {"can": "", "well": "", "support": "", "concern": None}


def add_demo(cast):
    """Through the actions: Leon's check is being written, Maja's summary is with her parents, Alfie's is due."""
    for child, author in ((cast.maja, cast.key_person), (cast.tobi, cast.key_person), (cast.noor, cast.senco)):
        actions.begin(child, Kind.AT_TWO, by=author, author=author, completed_by=WhoCompletes.PAPER)
    _of_leon(cast)
    _of_maja(cast)


def _asked(child, author, kind, **more):
    today = timezone.localdate()
    check = actions.begin(child, kind, by=author, author=author, **more)
    days = {"planned_for": today + timedelta(days=12), "parts_by": today + timedelta(days=7)}
    return actions.agree_time(check, by=author, agreed_on=today - timedelta(days=3), **days)


def _send(check, adult, words):
    invitation = Invitation.objects.get(check_of=check, adult=adult)
    typed = dict.fromkeys(Part.WORDS, "") | {"health_visitor_on": None} | words
    actions_family.send_part(invitation, typed, by=adult, edition=0)


def _write(check, author, areas, *, ideas, summary, steps, said=""):
    words = {name: "" for name in actions.WORDS} | {"characteristics": ["playing"]}
    words |= {"child_says": said, "summary": summary, "next_steps": steps, "home_ideas": ideas}
    told = {area.value: {**EMPTY, **areas.get(area, {})} for area in Area}
    return actions.write(check, words, told, [], by=author, edition=check.edition)


def _of_leon(cast):
    check = _asked(cast.leon, cast.senco, Kind.AT_TWO)
    _send(check, cast.mother, PARTS["mother"])
    told = {area: {**OF_LEON[area], "concern": False} for area in PRIME}
    _write(
        check,
        cast.senco,
        told,
        said="“Woda! More!” He showed me the tap, then the can, then the beans.",
        summary="",
        steps="Each day a small group with a book of his choice, so that there is time for longer sentences.",
        ideas="Say back what he says with one word more: “more woda” becomes “more cold water”.",
    )


def _of_maja(cast):
    check = _asked(cast.maja, cast.key_person, Kind.TERM, title="Autumn")
    for name in ("mother", "father"):
        if Relationship.objects.filter(child=cast.maja, adult=getattr(cast, name), level__gte=Level.PARTICIPATE):
            _send(
                check, getattr(cast, name), PARTS["father"] if name == "father" else {"hopes": "School without tears."}
            )
    told = {Area.COMMUNICATION: {"can": "Tells a story with a dragon, a beginning and an end."}}
    check = _write(
        check,
        cast.key_person,
        told,
        said="“I am the builder. You can hold the blocks.”",
        summary="Maja builds, asks and explains. She has become somebody whom others ask to play.",
        steps="Drawing her plans before she builds.",
        ideas="Let her write the shopping list, in her own signs.",
    )
    actions.share(actions.ready(check, by=cast.key_person), by=cast.key_person)
