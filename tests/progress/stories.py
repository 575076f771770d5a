"""Steps of a check's story, told with the cast. Maja's parents live apart and are hidden from each other."""

import uuid
from datetime import timedelta

from django.utils import timezone

from people.families.eyfs import PRIME
from people.families.models import Child
from portal.progress import actions, actions_family
from portal.progress.forms import Written, as_written
from portal.progress.models import Invitation, Kind, Part
from records.months import add_months

# What each reader alone may meet of somebody's part.
OF_THE_MOTHER, OF_THE_FATHER, OF_THE_SETTING = (
    "A lullaby about a kettle.",
    "The heron by the canal.",
    "Pours without spilling.",
)


def make_two(child, months=27, here_for=6):
    """Let a child of the cast be this old, and here since so many months."""
    today = timezone.localdate()
    Child.objects.filter(pk=child.pk).update(born_on=add_months(today, -months), starts_on=add_months(today, -here_for))
    child.refresh_from_db()
    return child


def begun(child, by, kind=Kind.AT_TWO, **more):
    return actions.begin(child, kind, by=by, author=more.pop("author", by), **more)


def asked(child, by, kind=Kind.AT_TWO, **more):
    """A check whose parents were asked for their parts."""
    today = timezone.localdate()
    facts = {"agreed_on": today, "planned_for": today + timedelta(days=20), "parts_by": today + timedelta(days=14)}
    return actions.agree_time(begun(child, by, kind, **more), by=by, **facts)


def own_part(**more):
    return dict.fromkeys(Part.WORDS, "") | {"health_visitor_on": None} | more


def send_part(check, adult, **words):
    invitation = Invitation.objects.get(check_of=check, adult=adult)
    return actions_family.send_part(invitation, own_part(**words), by=adult, edition=0)


def words_of(check):
    """What is saved, as `write` takes it."""
    return {name: getattr(check, name) for name in (*actions.WORDS, "characteristics")}


def areas(concern=False, **changed):
    told = {"can": OF_THE_SETTING, "well": "Listens long.", "support": "Nothing at present.", "concern": concern}
    return {area.value: {**told, **changed} for area in PRIME}


def write(check, by, *, concern=False, **changed):
    """A whole check in one go."""
    check.refresh_from_db()
    words = words_of(check) | {"summary": "A happy explorer.", "next_steps": "More water.", "home_ideas": "Pour tea."}
    plan = [("Key person", "Talks with the SENCo", "by Friday")] if concern else []
    return actions.write(check, words | changed, areas(concern), plan, by=by, edition=check.edition)


def shared(child, by, **more):
    """Written, ready, and in front of the parents; the mother and the father have each sent a part."""
    check = asked(child, by, **more)
    for invitation in check.invitations.all():
        words = {"ewa@example.org": OF_THE_MOTHER, "daniel@example.org": OF_THE_FATHER}.get(invitation.adult.email)
        if words:
            send_part(check, invitation.adult, enjoys=words)
    actions.ready(write(check, by), by=by)
    return actions.share(check, by=by)


def final(child, by, *, adults, **more):
    """The whole story until it is final."""
    check = shared(child, by, **more)
    actions.talked(check, by=by, held_on=timezone.localdate(), adults=adults)
    return actions.finish(check, by=by)


def say(check, adult, words):
    return actions_family.say(check, by=adult, words=words, idempotency_key=uuid.uuid4())


def typed(check, **more):
    """The writing page's fields as a browser sends them."""
    fields = {key: value for key, value in as_written(check).items() if value is not None}
    rows = check.plan.count() + Written.SPARE
    return {**fields, "rows": rows, "edition": check.edition, **more}
