"""Actions of the yearly review: begin it, sign it off, close it; and tell those for whom it waits."""

import datetime
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from people.families import recipients
from people.mail import notifications
from people.setting.role_holders import people_with
from people.setting.roles import Right, has_right, in_words
from procedures.models import ProcedurePage, Review, SignOff
from procedures.models.page import next_review
from procedures.models.review import lacks_agreement, sides_of
from records import audit
from records.refused import ActionRefused
from versions.actions import keep_version
from versions.models import PageVersion

if TYPE_CHECKING:
    from people.accounts.models import Person
    from procedures.models.review import Side

AHEAD = datetime.timedelta(weeks=6)


@transaction.atomic
def open_due(on: date | None = None) -> int:
    """Begin the review of every published procedure that is due within six weeks; those who sign hear of it once."""
    on = on or timezone.localdate()
    running = Review.objects.running().filter(procedure=OuterRef("pk"))
    due = ProcedurePage.objects.live().filter(~Exists(running), next_review_on__lte=on + AHEAD)
    opened = [_open(page, page.next_review_on) for page in due]
    if opened:
        _tell_signers()
    return len(opened)


@transaction.atomic
def begin(page: ProcedurePage, *, by: "Person") -> Review:
    """Begin a review before its time: the law has changed, or somebody asked."""
    if not (has_right(by, Right.EDIT_PAGES) or has_right(by, Right.KEEP_SETTING)):
        raise ActionRefused(_("An editor, the manager or the deputy begins a review."))
    running: Review | None = page.reviews.filter(closed_on__isnull=True).first()
    if running:
        return running
    today = timezone.localdate()
    soon = page.next_review_on and today <= page.next_review_on <= today + AHEAD
    review = _open(page, page.next_review_on if soon else today + AHEAD, by=by)
    _tell_signers()
    return review


def _open(page: ProcedurePage, due_on: date, by: "Person | None" = None) -> Review:
    version = PageVersion.objects.filter(page=page.pk).order_by("-number").first() or keep_version(page)
    review = Review.objects.create(procedure=page, due_on=due_on, began_with=version)
    audit.record("procedures.review_began", review, by=by)
    return review


def _tell_signers() -> None:
    today = timezone.localdate()
    for person in recipients.staff(today) | recipients.committee(today):
        notifications.notify(person)


@transaction.atomic
def sign_off(
    review: Review, *, by: "Person", side: "Side", agrees: bool, comment: str = "", version_number: int
) -> SignOff:
    """Sign one version off, or say what has to change. The review closes when every side that is needed agrees."""
    review = Review.objects.select_for_update().select_related("procedure").get(pk=review.pk)
    if review.closed_on:
        raise ActionRefused(_("This review is finished already. The next one begins six weeks before it is due."))
    if side not in sides_of(by):
        raise ActionRefused(_("Staff sign for staff, and the committee for the committee."))
    version = PageVersion.objects.filter(page=review.procedure_id).order_by("-number").first()
    if version is None or version.number != version_number:
        raise ActionRefused(_("There is a newer version since you opened this page. Please read that one, then sign."))
    made = SignOff.objects.create(
        review=review,
        version=version,
        person=by,
        side=side,
        name=by.full_name,
        role=in_words(by),
        agrees=agrees,
        comment=comment.strip(),
    )
    audit.record("procedures.signed_off", made, by=by, digest=version.digest)
    if not agrees:
        for editor in people_with(Right.EDIT_PAGES):
            notifications.notify(editor)
    elif not lacks_agreement(review, version.number):
        _close(review, version, by)
    return made


def _close(review: Review, version: PageVersion, by: "Person") -> None:
    today = timezone.localdate()
    same = review.began_with_id == version.pk
    review.closed_on, review.outcome = today, Review.Outcome.NO_CHANGE if same else Review.Outcome.NEW_VERSION
    review.save(update_fields=["closed_on", "outcome"])
    page = review.procedure
    days = {"reviewed_on": today, "next_review_on": next_review(today, page.review_months, page.review_month)}
    ProcedurePage.objects.filter(pk=page.pk).update(**days)
    draft = page.latest_revision
    if draft:  # an editor's unfinished draft must not bring the old days back
        draft.content |= {name: day.isoformat() if day else None for name, day in days.items()}
        draft.save(update_fields=["content"])
    audit.record("procedures.review_closed", review, by=by)


def notify_of_overdue(on: date | None = None) -> int:
    """On the day after a review was due, those who sign, the manager and the editors hear of it."""
    on = on or timezone.localdate()
    if not Review.objects.running().filter(due_on=on - datetime.timedelta(days=1)).exists():
        return 0
    people = (
        recipients.staff(on)
        | recipients.committee(on)
        | people_with(Right.EDIT_PAGES)
        | people_with(Right.KEEP_SETTING)
    )
    return sum(notifications.notify(person) is not None for person in people.distinct())
