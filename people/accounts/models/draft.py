"""What somebody is typing into a form and has not sent: kept for them, and for nobody else."""

import json
import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.began import BEGAN, marks_in
from people.setting.roles import Right, has_right
from records.encrypted import EncryptedText
from records.retention import Retention

if TYPE_CHECKING:
    from people.accounts.models import Person


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, user: "Person", on: date | None = None) -> Self:
        """Return what this person typed and did not send; what was typed in a role closes with the role."""
        if not user.is_authenticated:
            return self.none()
        rights = [right.value for right in Right if has_right(user, right, on)]
        return self.filter(person=user, right__in=["", *rights])

    def under(self, key: str | None) -> "Draft | None":
        """The one that was typed under this key, or None; the key stands in an address, where anything can be written."""
        try:
            return self.filter(key=uuid.UUID(key or "")).first()
        except ValueError:
            return None


class Draft(models.Model):
    """The words of one form on one page, as they were typed last. The page's own script makes up the key."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    key = models.UUIDField()
    path = models.CharField(max_length=500)  # of the page on which the form stands
    query = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=500)  # where the form will be sent to, with its query
    typed = EncryptedText()  # JSON: {"fields": {name: values}, "files": names, "texts": names of fields for words}
    kept_at = models.DateTimeField(default=timezone.now)
    right = models.CharField(max_length=40, blank=True)  # by which it is typed (people.accounts.drafts.written_with)

    objects = DraftQuerySet.as_manager()
    retention = Retention(_("What was typed and not yet sent"), _("sent, thrown away, or two weeks old"))

    mark, above = "draft", "people/draft_above.html"  # as a held form has them (people/accounts/held.py)

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="draft_once")]

    def __str__(self):
        return f"draft {self.pk}"

    @property
    def fields(self) -> dict[str, list[str]]:
        """What was typed and chosen, by the name of the field."""
        return json.loads(self.typed)["fields"]

    @property
    def files(self) -> list[str]:
        """The names of the files that were chosen; a browser lets nobody else choose them again."""
        return json.loads(self.typed)["files"]

    @property
    def texts(self) -> list[str]:
        """What somebody wrote, without what was only chosen or stood on the page unseen."""
        return self._texts()

    @property
    def own_texts(self) -> list[str]:
        """The same for a page on which its form does not stand: nothing of what stood there before they came."""
        return self._texts(but=marks_in(self.fields.get(BEGAN, [])))

    def _texts(self, but=()):
        fields, names = self.fields, json.loads(self.typed).get("texts", [])
        found = (value for name in names if name not in but for value in fields.get(name, []))
        return [value.strip() for value in found if value.strip()]

    @property
    def begins(self) -> str:
        """The longest of its texts, to know it again by."""
        return max(self.texts, key=len, default="")

    def get_absolute_url(self) -> str:
        """The page on which it was typed, with the form filled in."""
        return (
            f"{self.path}?{self.query}&{self.mark}={self.key}" if self.query else f"{self.path}?{self.mark}={self.key}"
        )
