"""What a final check becomes: a copy for each reader, requests to sign, and what goes to others with consent."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents import actions as papers
from documents import rules as papers_rules
from documents.models import Form
from people.families.access import RestrictionKind, access_of
from people.mail.notifications import notify
from people.setting.models import Setting
from portal.progress import rules, telling
from portal.progress.first_form import CODE, TITLE, pieces
from portal.progress.models import Copy, Part, Remark, Share, Talk
from portal.progress.models.passed import For
from portal.progress.when import age_in_months
from records import audit, files
from records.refused import ActionRefused, refuse
from records.submitted import create_once

if TYPE_CHECKING:
    from people.accounts.models import Person
    from people.families.child_records import ChildRecordQuerySet, Record
    from portal.progress.models import Check

ENGLISH = "en-gb"  # a paper speaks one language, whoever pressed the button


def facts_of(check: "Check", *, reader: str) -> dict[str, Any]:
    """What stands on top of a copy, as it was on the day it became final."""
    child, today = check.child, timezone.localdate(check.final_at)
    return {
        "setting": Setting.now().name,
        "title": check.name,
        "child": child.full_name,
        "born_on": child.born_on.isoformat(),
        "months": age_in_months(child.born_on, today),
        "here_since": date_format(child.starts_on, "F Y"),
        "days_a_week": child.sessions.running(today).values("weekday").distinct().count(),
        "languages": check.languages,
        "other_setting": check.other_setting,
        "author": check.author.full_name,
        "reader": reader,
        "final_on": today.isoformat(),
    }


def of_reader(
    rows: "ChildRecordQuerySet[Record]",
    check: "Check",
    adult: "Person",
) -> "list[Record]":
    """Those of these rows of the check that this adult may see."""
    return list(rows.visible_to(adult).filter(check_of=check))


@transaction.atomic
def fix_copies(check: "Check", *, by: "Person") -> None:
    """Fix the words of each copy: one for the child's record, one for professionals, and one for each adult who reads it."""
    with override(ENGLISH):
        parts = check.parts.filter(sent_at__isnull=False).select_related("adult")
        talks = check.talks.select_related("adult")
        remarks = check.remarks.select_related("author")
        everything = telling.of_check(check, parts=parts, talks=talks, remarks=remarks)
        _fix(check, For.STAFF, everything, reader=_("the child's record"))
        _fix(check, For.OTHERS, telling.for_others(check), reader=_("professionals, with the family's consent"))
        for adult in rules.eligible_adults(check.child, timezone.localdate()):
            fix_copy_of(check, adult)


def fix_copy_of(check: "Check", adult: "Person") -> Copy:
    """One adult's own copy: the child's part, the setting's, their own, and those of adults shown to them."""
    with override(ENGLISH):
        return _fix_copy_of(check, adult)


def _fix_copy_of(check: "Check", adult: "Person") -> Copy:
    parts = of_reader(Part.objects.filter(sent_at__isnull=False).select_related("adult"), check, adult)
    talks = of_reader(Talk.objects.select_related("adult"), check, adult)
    remarks = of_reader(Remark.objects.select_related("author"), check, adult)
    hide_dates = check.child_id in access_of(adult).children_closed_by(RestrictionKind.NO_TIMETABLE)
    told = telling.of_check(check, parts=parts, talks=talks, remarks=remarks, hide_dates=hide_dates)
    copy = _fix(check, For.ADULT, told, reader=adult.full_name, adult=adult, hide_dates=hide_dates)
    holds = {part.adult_id for part in parts} | {talk.adult_id for talk in talks} | {each.author_id for each in remarks}
    copy.holds.set(pk for pk in holds if pk)
    notify(adult, children={check.child_id})
    return copy


def without_copy(check: "Check") -> "list[Person]":
    """The adults who read this final check and have no copy that they may open."""
    adults = rules.eligible_adults(check.child, timezone.localdate())
    return [each for each in adults if not Copy.objects.visible_to(each).filter(check_of=check, adult=each).exists()]


def _fix(
    check: "Check",
    whose: For,
    told: list[dict[str, Any]],
    *,
    reader: str,
    adult: "Person | None" = None,
    hide_dates: bool = False,
) -> Copy:
    facts = facts_of(check, reader=reader)
    if hide_dates:  # whoever may not know days and times
        month = timezone.localdate(check.final_at).replace(day=1).isoformat()
        facts |= {"hide_dates": True, "days_a_week": 0, "final_on": month}
    copy = Copy.objects.create(check_of=check, whose=whose, adult=adult, pieces=told, facts=facts)
    audit.record("progress.copy_fixed", copy, child=check.child)
    return copy


def ask_to_sign(check: "Check", *, by: "Person") -> None:
    """Ask whoever has full say to read and sign, with the check enclosed: the setting's words, the child's and their own."""
    form, _made = Form.objects.get_or_create(code=CODE, defaults={"title": TITLE, "wording": pieces()})
    if not form.in_use:  # the setting has put the form aside: copies are made, nobody is asked
        return
    today = timezone.localdate()
    for invitation in check.invitations.filter(ask__isnull=True).select_related("adult"):
        if not papers_rules.who_can_sign_for(check.child, today).filter(pk=invitation.adult_id).exists():
            continue
        with override(ENGLISH):
            own = of_reader(Part.objects.filter(adult=invitation.adult, sent_at__isnull=False), check, invitation.adult)
            hide_dates = check.child_id in access_of(invitation.adult).children_closed_by(RestrictionKind.NO_TIMETABLE)
            enclosed = [telling.about(check, on=today), *telling.of_check(check, parts=own, hide_dates=hide_dates)]
        invitation.ask = papers.ask(check.child, invitation.adult, form, by=by, enclosed=enclosed)
        invitation.save(update_fields=["ask"])


def keep_file(copy: Copy, pdf: bytes) -> Copy:
    """Put a sealed PDF away for good: first the file, then its row. Of two at once the first one counts."""
    stored = files.keep(pdf, "application/pdf")
    with transaction.atomic():
        copy = Copy.objects.select_for_update(of=("self",)).select_related("check_of__child").get(pk=copy.pk)
        if copy.file_id is None:
            copy.file, copy.made_at = stored, timezone.now()
            copy.save(update_fields=["file", "made_at"])
            audit.record("progress.copy_made", copy, child=copy.check_of.child, digest=stored.sha256)
    return copy


@transaction.atomic
def pass_on(
    check: "Check",
    purpose: str,
    *,
    by: "Person",
    to_whom: str,
    how: str,
    idempotency_key: UUID | str,
    private_to: "Person | None" = None,
    open_to_all: bool | None = None,
) -> Share:
    """Give a final check to somebody outside, where the family allows it: the log comes first, then the file opens.

    To whom and how is read by the household of `private_to`, or by all who decide for the child (`open_to_all`).
    """
    refuse(rules.why_not_pass_on(by, check, purpose))
    if private_to and not rules.who_decides(check.child).filter(pk=private_to.pk).exists():
        raise ActionRefused(_("Choose one of the adults who decide for the child."))
    copy = Copy.objects.filter(check_of=check, whose=For.OTHERS).order_by("asked_at").last()
    facts = {"check_of": check, "purpose": purpose, "to_whom": to_whom.strip(), "how": how.strip(), "copy": copy}
    facts |= {"private_to": private_to, "open_to_all": open_to_all}
    shared, new = create_once(
        Share,
        facts,
        same=("check_of", "purpose", "to_whom", "private_to"),
        shared_by=by,
        idempotency_key=idempotency_key,
    )
    if new:
        audit.record("progress.passed_on", shared, by=by, child=check.child)
    return shared
