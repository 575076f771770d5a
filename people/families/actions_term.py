"""Actions of the start of term: families from a spreadsheet, and everybody invited from one page."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts import actions_invitations
from people.accounts.models import Person
from people.accounts.tidying import tidy
from people.families import actions_family, arrivals, family_rows, look_alikes, rules
from people.families.look_alikes import places_of, rows_before
from people.families.models import FamilyList
from people.families.spreadsheets import Line
from people.setting.models import Setting
from records import audit
from records.refused import ActionRefused

if TYPE_CHECKING:
    from people.accounts.models import Invitation
    from people.families.family_rows import FamilyRow


def _only_keepers(by: Person) -> None:
    if not rules.may_keep_families(by):
        raise ActionRefused(_("Only the manager or the deputy brings families in."))


@transaction.atomic
def keep_list(
    lines: list[Line],
    file_name: str,
    *,
    by: Person,
    remarks: Iterable[str] = (),
    readings: Sequence[tuple[str, Iterable[Line]]] = (),
) -> FamilyList:
    """Let the rows of a spreadsheet wait for a look. An earlier list of the same person goes."""
    _only_keepers(by)
    FamilyList.objects.filter(made_by=by).delete()
    kept = FamilyList.objects.create(
        made_by=by,
        file_name=tidy(file_name)[-200:],
        rows=[] if readings else [line.stored() for line in lines],
        remarks=list(remarks),
        readings=[[encoding, [line.stored() for line in them]] for encoding, them in readings],
    )
    audit.record("people.list_kept", kept, by=by)
    return kept


@transaction.atomic
def choose_reading(waiting: FamilyList, number: int, *, by: Person) -> None:
    """Say which of several readings of a file's letters is right; the others go."""
    _only_keepers(by)
    waiting = FamilyList.objects.select_for_update().get(pk=waiting.pk, made_by=by)
    if number < len(waiting.readings):
        waiting.rows, waiting.readings = waiting.readings[number][1], []
        waiting.save(update_fields=["rows", "readings"])
        audit.record("people.list_reading_chosen", waiting, by=by)


def rows_of(waiting: FamilyList) -> "list[FamilyRow]":
    """The rows of a list as they stand today, beside each other and beside the books; nothing is written."""
    lines = [Line(**row) for row in waiting.rows]
    return look_alikes.look(family_rows.understand(lines))


@transaction.atomic
def bring_in(
    waiting: FamilyList,
    *,
    by: Person,
    right: Collection[int] = (),
) -> "tuple[int, int, list[FamilyRow]] | None":
    """Enter every row that is good now, all or none, and empty the list: (children, adults, rows left out).

    A row that asks comes in when its token is among `right`. None when the list was brought in already. A row that has come
    to look like somebody meanwhile is left out.
    """
    _only_keepers(by)
    Setting.objects.select_for_update().first()  # lists of colleagues come in one after the other, each beside the last
    waiting = FamilyList.objects.select_for_update().get(pk=waiting.pk, made_by=by)
    if waiting.done_at:
        return None
    if waiting.readings:
        raise ActionRefused(_("Say first which of the readings has the names right."))
    rows = rows_of(waiting)
    coming = _coming(rows, right)
    children = {id(row): actions_family.add_child(by=by, **row.child) for row in coming if not row.said}
    adults = {}
    for row in coming:
        for adult in row.adults:
            if not adult.said and adult.who not in adults:
                adults[adult.who] = _enter(adult, by)
    for row in coming:
        for adult in row.adults:
            actions_family.relate(children[id(row.of_row or row)], adults[adult.who], by=by, **adult.tie)
    FamilyList.objects.filter(pk=waiting.pk).update(done_at=timezone.now(), rows=[])
    audit.record("people.list_brought_in", waiting, by=by)
    return len(children), len(adults), [row for row in rows if row not in coming]


def _coming(rows: "list[FamilyRow]", right: Collection[int]) -> "list[FamilyRow]":
    """The rows that come in now: good, or said to be right; and whoever hangs on one that does not come stays out."""
    coming, places = [row for row in rows if row.is_good or (row.asks and row.token in right)], places_of(rows)
    while True:
        staying = [
            row for row in coming if all(any(other in coming for other in them) for them in rows_before(row, places))
        ]
        if len(staying) == len(coming):
            return coming
        coming = staying


def _enter(adult: Person, by: Person) -> Person:
    person = Person.objects.create_user(
        adult.email, adult.full_name, sign_in_name=adult.sign_in_name or None, mail_to=adult.mail_to
    )
    audit.record("people.adult_added", person, by=by)
    return person


@transaction.atomic
def drop_list(waiting: FamilyList, *, by: Person) -> None:
    """Throw a list away before anything was brought in."""
    if waiting.made_by_id != by.pk:
        raise ActionRefused(_("Only whoever chose a list throws it away."))
    audit.record("people.list_dropped", waiting, by=by)
    waiting.delete()


def forget_old_lists() -> None:
    """Lists of yesterday go; the clock calls this."""
    FamilyList.objects.filter(made_at__lt=timezone.now() - FamilyList.LASTS).delete()


def invite_by_mail(people: Iterable[Person], *, by: Person) -> int:
    """Send each of these their own way in: how many were sent. Whoever has no address for mail is left out."""
    with_address = [person for person in _still_waiting(people, by) if person.post_address]
    for person in with_address:
        actions_invitations.invite(person, by=by)
    return len(with_address)


def invite_by_letter(people: Iterable[Person], *, by: Person) -> "list[tuple[Person, Invitation, str, str]]":
    """A fresh way in for each of these, to be printed: [(person, invitation, link, word)]. Each is its own transaction,
    because the words are slow to hash and nobody else should have to wait for forty of them."""
    return [
        (person, *actions_invitations.invite(person, by=by, by_letter=True)) for person in _still_waiting(people, by)
    ]


def _still_waiting(people: Iterable[Person], by: Person) -> QuerySet[Person]:
    """Those of them who have not arrived meanwhile and whom this person may invite, in the order of their names."""
    _only_keepers(by)
    return arrivals.not_arrived(by).filter(pk__in=[person.pk for person in people])
