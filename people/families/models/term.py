"""The start of term: a spreadsheet of families, looked at in a dry run before anything is written."""

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.setting.roles import Right, has_right
from records.retention import Retention

if TYPE_CHECKING:
    from people.accounts.models import Person


class FamilyListQuerySet(models.QuerySet["FamilyList"]):
    def visible_to(self, user: "Person", on: date | None = None) -> Self:
        """Lists of this person's own from the last day, as long as they keep families. Nobody sees another's list."""
        if not has_right(user, Right.KEEP_FAMILIES, on):
            return self.none()
        return self.filter(made_by=user, made_at__gt=timezone.now() - FamilyList.LASTS)


class FamilyList(models.Model):
    """A spreadsheet's rows between the dry run and the import. The file itself is not kept."""

    LASTS = timedelta(days=1)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    remarks = models.JSONField(default=list)  # what was passed over in the file, in sentences
    # Where the letters can be read in more than one way: [encoding, rows] of each, until somebody chose.
    readings = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = FamilyListQuerySet.as_manager()
    retention = Retention(_("Lets the manager look before anything is written"), _("one day; emptied when it is done"))

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return f"family list {self.pk}"
