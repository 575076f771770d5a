"""What somebody sent when it could not be taken: kept until they have shown that it is really them."""

import json
import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts import in_the_editor
from people.accounts.began import BEGAN, marks_in
from records.encrypted import EncryptedText
from records.retention import Retention

if TYPE_CHECKING:
    from people.accounts.models import Person


class HeldFormQuerySet(models.QuerySet["HeldForm"]):
    def visible_to(self, user: "Person", on: date | None = None) -> Self:
        """What this person sent; nobody else's."""
        return self.filter(person=user) if user.is_authenticated else self.none()

    def under(self, key: str | None) -> "HeldForm | None":
        """The one with this key, or None; the key comes out of a form, where anything can be written."""
        try:
            return self.filter(pk=uuid.UUID(key or "")).first()
        except ValueError:
            return None


class HeldForm(models.Model):
    """A form that was sent after the session was over, or before a password was asked for once more.

    Nothing was done with it. It comes back, filled in as it was, to the same person and to nobody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="held_forms")
    address = models.CharField(max_length=500)  # where it was sent to, with its query
    page = models.CharField(max_length=500, blank=True)  # on which page it stood
    sent = EncryptedText()  # JSON: {"fields": {name: values}, "files": names}
    held_at = models.DateTimeField(default=timezone.now)

    objects = HeldFormQuerySet.as_manager()
    mark, above = "held", "people/held_above.html"  # as a draft has them (people/accounts/held.py)
    retention = Retention(_("What was sent when a session was over"), _("sent, thrown away, or two weeks old"))

    class Meta:
        ordering = ["-held_at"]

    def __str__(self):
        return f"held form {self.pk}"

    @property
    def fields(self) -> dict[str, list[str]]:
        """What was typed and chosen, by the name of the field."""
        return json.loads(self.sent)["fields"]

    @property
    def texts(self) -> list[str]:
        """What somebody wrote, for a page on which its form does not stand: nothing of what stood there before they came."""
        stood_there = {BEGAN, *marks_in(self.fields.get(BEGAN, []))}
        return in_the_editor.texts({name: them for name, them in self.fields.items() if name not in stood_there})

    @property
    def drafts(self) -> list[str]:
        """The key of the draft that it was while it was typed, if any."""
        return self.fields.get("draft", [])

    @property
    def files(self) -> list[str]:
        """The names of the files that were chosen; a browser lets nobody else choose them again."""
        return json.loads(self.sent)["files"]

    @property
    def is_of_the_editor(self) -> bool:
        """Whether it was sent by a form of Wagtail's."""
        return self.address.startswith(in_the_editor.CMS)

    @property
    def to_send_again(self) -> list[tuple[str, str]]:
        """The fields of a form of Wagtail's, which saves them as a draft."""
        return in_the_editor.to_send_again(self.fields)
