"""Actions of opening a record out of turn."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.families.models import Child, EmergencyAccess
from people.mail.notifications import notify
from people.setting.role_holders import people_with
from people.setting.roles import Right
from records import audit
from records.refused import ActionRefused

if TYPE_CHECKING:
    from people.accounts.models import Person

STAYS_BROKEN = timedelta(hours=1)


@transaction.atomic
def break_glass(child: Child, *, by: "Person", reason: str) -> EmergencyAccess:
    """Open a child of another room for an hour. The managers hear of it at once."""
    if not Child.objects.as_in_an_emergency(by).filter(pk=child.pk).exists():
        raise ActionRefused(_("This is not open to you."))
    now = timezone.now()
    broken = EmergencyAccess.objects.create(person=by, child=child, reason=reason, ends_at=now + STAYS_BROKEN)
    for person in people_with(Right.KEEP_FAMILIES).exclude(pk=by.pk):
        if Child.objects.as_staff_of(person).filter(pk=child.pk).exists():
            notify(person, at_once=True)
    audit.record("people.glass_broken", broken, by=by, child=child)
    return broken
