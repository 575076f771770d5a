"""Actions of the setting: begin, agree on the time, ask for parts, write, share, talk about it, finish."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.models import Person
from people.families.actions_mentions import note_for_orders
from people.families.models import Child
from people.mail.notifications import notify
from people.setting.role_holders import people_with
from people.setting.roles import Right
from portal.progress import rules
from portal.progress.actions_copies import ask_to_sign, fix_copies, fix_copy_of, without_copy
from portal.progress.models import AreaNote, Check, Invitation, Kind, PlanRow, Talk, WhoCompletes
from records import audit
from records.refused import ActionRefused, ChangedElsewhere, refuse

WORDS = ("child_says", "languages", "learns", "others_say", "summary", "next_steps", "home_ideas")


def locked(check: Check) -> Check:
    """The check as it is now, held until the end of the action."""
    return Check.objects.select_for_update(of=("self",), no_key=True).select_related("child").get(pk=check.pk)


@transaction.atomic
def begin(
    child: Child,
    kind: Kind,
    *,
    by: Person,
    author: Person,
    why_author: str = "",
    title: str = "",
    other_setting: str = "",
    completed_by: WhoCompletes = WhoCompletes.WE,
) -> Check:
    """Begin a check or a summary; where another setting completes the check at two, that is noted and nothing is due here."""
    child = Child.objects.select_for_update(no_key=True).get(pk=child.pk)
    refuse(rules.why_not_begin(by, child, kind, author, why_author))
    check = Check.objects.create(
        child=child,
        kind=kind,
        author=author,
        why_author="" if rules.is_key_person(author, child) else why_author.strip(),
        title=title if kind == Kind.TERM else "",
        other_setting=other_setting,
        completed_by=completed_by,
    )
    audit.record("progress.begun", check, by=by, child=child)
    if author.pk != by.pk:
        notify(author)
    return check


@transaction.atomic
def agree_time(check: Check, *, by: Person, agreed_on: date, planned_for: date, parts_by: date) -> Check:
    """Note what was agreed with the parents, and ask each of the adults for their own part. Asking again asks whoever is new."""
    check = locked(check)
    refuse(rules.why_not_write(by, check))
    check.agreed_on, check.planned_for, check.parts_by = agreed_on, planned_for, parts_by
    check.parts_opened_at = check.parts_opened_at or timezone.now()
    check.save(update_fields=["agreed_on", "planned_for", "parts_by", "parts_opened_at"])
    audit.record("progress.time_agreed", check, by=by, child=check.child)
    invite(check, by=by)
    return check


def invite(check: Check, *, by: Person) -> None:
    """Ask every eligible adult who was not asked yet."""
    asked = check.invitations.values("adult")
    for adult in rules.eligible_adults(check.child, timezone.localdate()).exclude(pk__in=asked):
        invitation = Invitation.objects.create(check_of=check, adult=adult, asked_by=by)
        audit.record("progress.part_asked_for", invitation, by=by, child=check.child)
        notify(adult, children={check.child_id})


@transaction.atomic
def write(
    check: Check,
    words: dict[str, str],
    areas: dict[str, dict[str, str]],
    plan: Sequence[tuple[str, str, str]],
    *,
    by: Person,
    edition: int,
) -> Check:
    """Save what the setting writes: {field: text}, {area: {can, well, support, concern}}, [(who, what, by_when)].

    ChangedElsewhere when another window has saved other words since `edition`. A changed draft has to be ready again.
    """
    check = locked(check)
    refuse(rules.why_not_write(by, check))
    if not _differs(check, words, areas, plan):
        return check
    if check.edition != edition:
        raise ChangedElsewhere(check)
    for name in (*WORDS, "characteristics"):
        setattr(check, name, words[name])
    check.edition, check.saved_at = check.edition + 1, timezone.now()
    if rules.is_key_person(by, check.child):
        check.author, check.why_author = by, ""  # the current key person is its author
    first_since_ready = check.edition == 2 or check.drafted_at
    check.drafted_at = check.looked_at = check.looked_by = None
    check.concern = False
    check.save()
    _write_rows(check, areas, plan)
    note_names(check)
    if first_since_ready:  # a line for every few seconds says nothing
        audit.record("progress.written", check, by=by, child=check.child)
    return check


def note_names(check: Check) -> None:
    """Write down whom a check names, so that it stays closed to whoever is kept from one of them."""
    check.named.set(mention.child for mention in rules.named_in(check))
    note_for_orders(Check.objects.filter(pk=check.pk))


def _differs(
    check: Check, words: dict[str, str], areas: dict[str, dict[str, str]], plan: Sequence[tuple[str, str, str]]
) -> bool:
    """Whether anything is other than what is saved."""
    notes = {row.area: row for row in check.areas.all()}
    empty = AreaNote(concern=None)
    changed = any(getattr(check, name) != words[name] for name in (*WORDS, "characteristics"))
    for area, fields in areas.items():
        row = notes.get(area, empty)
        changed |= any(getattr(row, name) != value for name, value in fields.items())
    return changed or [(row.who, row.what, row.by_when) for row in check.plan.all()] != plan


def _write_rows(check: Check, areas: dict[str, dict[str, str]], plan: Sequence[tuple[str, str, str]]) -> None:
    for area, fields in areas.items():
        if any(value not in ("", None) for value in fields.values()):
            AreaNote.objects.update_or_create(check_of=check, area=area, defaults=fields)
        else:
            AreaNote.objects.filter(check_of=check, area=area).delete()
    check.plan.all().delete()
    rows = (PlanRow(check_of=check, position=n, who=w, what=what, by_when=by) for n, (w, what, by) in enumerate(plan))
    PlanRow.objects.bulk_create(rows)


@transaction.atomic
def ready(check: Check, *, by: Person) -> Check:
    """The draft is written. Where there is a concern, SENCo and manager are told, and it waits until one of them has looked."""
    check = locked(check)
    refuse(rules.why_not_ready(by, check))
    check.drafted_at, check.concern = timezone.now(), rules.has_concern(check)
    check.looked_at = check.looked_by = None
    check.save(update_fields=["drafted_at", "concern", "looked_at", "looked_by"])
    audit.record("progress.ready", check, by=by, child=check.child)
    if check.concern:
        for person in people_with(Right.LOOK_AT_CONCERNS):
            if not rules.why_not_look(person, check):
                notify(person, at_once=True)
    return check


@transaction.atomic
def look(check: Check, *, by: Person) -> Check:
    """The SENCo or the manager has looked at the concern, so that the check can be shared."""
    check = locked(check)
    refuse(rules.why_not_look(by, check))
    if check.looked_at is None:
        check.looked_at, check.looked_by = timezone.now(), by
        check.save(update_fields=["looked_at", "looked_by"])
        audit.record("progress.concern_looked_at", check, by=by, child=check.child)
        if rules.may_write(check.author, check):
            notify(check.author)
    return check


@transaction.atomic
def share(check: Check, *, by: Person) -> Check:
    """Put the check in front of every adult who takes part in the child's life here; each finds their own view of it."""
    check = locked(check)
    refuse(rules.why_not_share(by, check))
    check.shared_at = timezone.now()
    check.save(update_fields=["shared_at"])
    note_names(check)
    audit.record("progress.shared", check, by=by, child=check.child)
    for adult in rules.eligible_adults(check.child, timezone.localdate()):
        notify(adult, children={check.child_id})
    return check


@transaction.atomic
def take_back(check: Check, *, by: Person) -> Check:
    """Take a shared check back to change it; the parents read it again once it is shared anew."""
    check = locked(check)
    refuse(rules.why_not_take_back(by, check))
    if check.shared_at:
        check.shared_at = check.drafted_at = check.looked_at = check.looked_by = None
        check.save(update_fields=["shared_at", "drafted_at", "looked_at", "looked_by"])
        audit.record("progress.taken_back", check, by=by, child=check.child)
    return check


@transaction.atomic
def talked(check: Check, *, by: Person, held_on: date, adults: Collection[Person] = (), words: str = "") -> Check:
    """Note when the check was discussed, and with whom: a row for each adult. Without any: what was offered, in words."""
    check = locked(check)
    refuse(rules.why_not_talked(by, check))
    known = Person.objects.filter(pk__in=check.invitations.values("adult"))
    if {adult.pk for adult in adults} - set(known.values_list("pk", flat=True)):
        raise ActionRefused(_("Choose from those who were asked for a part."))
    if not adults and not words.strip():
        raise ActionRefused(_("Say with whom you talked, or what you offered."))
    everybody: Collection[Person | None] = adults or [None]
    for adult in everybody:
        talk = Talk.objects.create(
            check_of=check, adult=adult, held_on=held_on, words="" if adult else words.strip(), noted_by=by
        )
        note_for_orders(Talk.objects.filter(pk=talk.pk))
        audit.record("progress.talked_about", talk, by=by, child=check.child)
    if check.discussed_at is None:
        check.discussed_at = timezone.now()
        check.save(update_fields=["discussed_at"])
    return check


@transaction.atomic
def finish(check: Check, *, by: Person) -> Check:
    """Make it final: each reader's copy is fixed, the scheduler seals them, and whoever has full say is asked to sign."""
    check = locked(check)
    refuse(rules.why_not_finish(by, check))
    check.final_at = timezone.now()
    check.save(update_fields=["final_at"])
    audit.record("progress.final", check, by=by, child=check.child)
    fix_copies(check, by=by)
    ask_to_sign(check, by=by)
    return check


@transaction.atomic
def copy_anew(check: Check, *, by: Person) -> Check:
    """A copy for each reader who has none: somebody who joined since, or whose copy held words now hidden from them."""
    check = locked(check)
    refuse(rules.why_not_copy(by, check))
    for adult in without_copy(check):
        fix_copy_of(check, adult)
    return check
