"""The start of term: a spreadsheet of families, looked at in a dry run before anything is written."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.keeping import Keeping


class FamilyList(models.Model):
    """A spreadsheet's rows between the dry run and the import. The file itself is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True, blank=True)

    keeping = Keeping(_("Lets the manager look before anything is written"), _("one day; emptied when it is done"))

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return f"family list {self.pk}"
