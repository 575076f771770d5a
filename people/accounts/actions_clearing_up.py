"""What is cleared up every day: old mail, invitations and sessions; Wagtail's groups follow the roles."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people.accounts.models import Invitation, OpenSession, Person
from people.mail.models import OutgoingMail
from people.setting import roles


@transaction.atomic
def clear_up(before: datetime) -> None:
    """Mail and invitations from before this moment go; Wagtail's groups follow the roles of today."""
    OutgoingMail.objects.filter(written_at__lt=before).delete()
    Invitation.objects.filter(ends_at__lt=before).delete()
    OpenSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - timedelta(days=30)).delete()
    for person in Person.objects.filter(Q(roles__isnull=False) | Q(groups__isnull=False)).distinct():
        roles.match_wagtail(person)
