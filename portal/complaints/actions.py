"""The verbs of complaints: the only place that writes them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.notifications import tell
from people.roles import Right, people_with
from portal.complaints import rules
from portal.complaints.models import ANSWER_WITHIN, AboutLeaders, Complaint, Step
from records.audit import note
from records.once import once
from records.refused import Refused

NOBODY = _(
    "There is nobody here left who could look into this. Please turn to Ofsted or the other addresses on the page."
)


@transaction.atomic
def complain(*, by, press, child, child_at_risk, about_leaders, category, words, wish, now=None):
    """Take in a complaint. The clock begins today, and nothing stops it. Pressing twice makes one."""
    route, handlers = rules.way_of(by, about_leaders)
    if route is None:
        raise Refused(NOBODY)
    handlers = list(handlers)
    if child is not None and not rules.children_to_name(by).filter(pk=child.pk).exists():
        child = None
    now = now or timezone.now()
    today = timezone.localdate(now)

    facts = {
        "child": child,
        "child_at_risk": child_at_risk,
        "about_leaders": about_leaders,
        "route": route,
        "category": category,
        "words": words,
        "wish": wish,
        "received_at": now,
        "received_on": today,
        "due_on": today + ANSWER_WITHIN,
    }
    said = ("child", "child_at_risk", "about_leaders", "category", "words", "wish")
    complaint, new = once(Complaint, facts, same=said, complainant=by, press=press)
    if new:
        note("complaints.received", complaint, by=by, child=child)
        if child_at_risk and about_leaders == AboutLeaders.NO:
            handlers += people_with(Right.HEAR_OF_CHILDREN_AT_RISK).exclude(pk=by.pk)
        for person in handlers:
            if rules.may_handle(person, complaint):
                tell(person, at_once=True)
    return complaint


@transaction.atomic
def take_step(complaint, *, by, kind, words, press):
    """Acknowledge, write to the complainant, note among handlers, or tell the outcome."""
    complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if earlier := Step.objects.filter(complaint=complaint, press=press, kind=kind, words=words).first():
        return earlier
    if why_not := rules.why_not_answer(by, complaint):
        raise Refused(why_not)
    facts = {"kind": kind, "words": words, "by": by}
    step, new = once(Step, facts, same=("kind", "words"), complaint=complaint, press=press)
    if new:
        note(f"complaints.{kind}", complaint, by=by, child=complaint.child)
        if kind != Step.Kind.NOTE:
            tell(complaint.complainant)
    return step


@transaction.atomic
def opened(complaint, *, by):
    """Opening a complaint is remembered, each time."""
    note("complaints.opened", complaint, by=by, child=complaint.child)
