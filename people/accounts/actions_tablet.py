"""Actions of the room's tablet and of the PINs that open it."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.actions_sessions import end_session
from people.accounts.models import Pin, Tablet
from people.accounts.tablets import hash_of, may_use, people_at, why_not_digits
from people.setting.roles import Right, has_right
from records import audit
from records.make_secret import make_secret
from records.refused import ActionRefused, refuse

if TYPE_CHECKING:
    from people.accounts.models import Person
    from people.setting.models import Room


@transaction.atomic
def enrol_tablet(*, by: "Person", name: str, room: "Room | None" = None) -> tuple[Tablet, str]:
    """Make the browser at hand a tablet of the setting: (the tablet, the secret that its cookie carries)."""
    if not has_right(by, Right.KEEP_STAFF):
        raise ActionRefused(_("Only the manager enrols tablets."))
    token = make_secret()
    tablet = Tablet.objects.create(name=name, room=room, token_hash=hash_of(token), enrolled_by=by)
    audit.record("people.tablet_enrolled", tablet, by=by)
    return tablet, token


@transaction.atomic
def revoke_tablet(tablet: Tablet, *, by: "Person") -> None:
    """The tablet is lost or retired: it opens nothing from the very next tap."""
    if not has_right(by, Right.KEEP_STAFF):
        raise ActionRefused(_("Only the manager takes tablets back."))
    Tablet.objects.filter(pk=tablet.pk, revoked_at__isnull=True).update(revoked_at=timezone.now(), revoked_by=by)
    for opened in tablet.open_sessions.all():
        end_session(opened, by=by)
    audit.record("people.tablet_revoked", tablet, by=by)


@transaction.atomic
def set_pin(person: "Person", digits: str) -> Pin:
    """Six digits for the room's tablet; they replace the earlier ones."""
    if not may_use(person):
        raise ActionRefused(_("A PIN is for those who look after children here."))
    refuse(why_not_digits(digits))
    pin = Pin.objects.filter(person=person).first() or Pin(person=person)
    pin.set_digits(digits)
    pin.save()
    audit.record("people.pin_set", pin, by=person)
    return pin


@transaction.atomic
def pin_opens(tablet: Tablet, person: "Person", digits: str) -> bool:
    """Whether these digits let this person in on this tablet now. Five wrong ones in a row, and only a new PIN does."""
    if not people_at(tablet).filter(pk=person.pk).exists():
        return False
    # Of many tries at one moment each counts: the row is counted up before the digits are looked at.
    counted = Pin.objects.filter(person=person, tries__lt=Pin.TRIES).update(tries=F("tries") + 1)
    pin = Pin.objects.filter(person=person).first()
    if not counted or pin is None or not pin.digits_are(digits):
        audit.record("people.pin_refused", tablet, by=person)
        return False
    Pin.objects.filter(pk=pin.pk).update(tries=0)
    Tablet.objects.filter(pk=tablet.pk).update(seen_at=timezone.now())
    audit.record("people.signed_in_on_tablet", tablet, by=person)
    return True
