"""Whom our mail does not reach: what could not be delivered, and families' adults who have no address."""

from django.utils import timezone

from people.accounts.models import Person
from people.families import recipients
from people.families.access import access_of, of_nobody_hidden
from people.families.models import Relationship
from people.mail.models import OutgoingMail
from people.setting.roles import Right, has_right


def undelivered_for(user, now=None):
    """Mail that did not leave, oldest first, for those who keep families; not to adults around their own family's children."""
    if not has_right(user, Right.KEEP_FAMILIES):
        return OutgoingMail.objects.none()
    found = OutgoingMail.objects.undelivered(now).exclude(person__in=relatives_of(user)).exclude(person=user)
    found = found.filter(of_nobody_hidden(user, "person"))
    return found.select_related("person").order_by("written_at", "pk")


def without_address_for(user, on=None):
    """Adults of families whom no mail can reach, for the same people."""
    if not has_right(user, Right.KEEP_FAMILIES):
        return Person.objects.none()
    found = recipients.families(on or timezone.localdate()).filter(email__isnull=True, mail_to="")
    return found.exclude(pk__in=relatives_of(user)).filter(of_nobody_hidden(user, "pk"))


def relatives_of(user):
    """Ids of the adults around the children with whom this person has, or had, to do: no role counts there."""
    return Relationship.objects.filter(child__in=access_of(user).related_children).order_by().values("adult")
