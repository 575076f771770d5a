"""What the law's room holds: the audit chain, private files, looks, and when the clock last rang."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.retention import Retention
from records.stored import stored_bytes


class AuditLine(models.Model):
    """Who did what to which record, never the contents. Added only; each line carries the hash of the one before."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    label = models.CharField(max_length=80)
    thing = models.CharField(max_length=64)
    by = models.CharField(max_length=64, blank=True)
    child = models.CharField(max_length=64, blank=True)
    request = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    retention = Retention(
        _("Shows that nothing was changed or read in secret"), _("as long as the longest record it evidences")
    )

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class StoredFile(models.Model):
    """A private file, addressed by its content. The bytes are on disk before this row exists."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField(auto_now_add=True)

    retention = Retention(_("Photographs and signed papers"), _("until the last record that names the file is gone"))

    def __str__(self) -> str:
        return self.sha256[:12]

    def read(self) -> bytes:
        """The bytes, checked against their address; OSError where the disk no longer gives what was stored."""
        return stored_bytes(self.sha256)


class AccessLogEntry(models.Model):
    """That somebody opened a kind of record of a child on a day; one row however often they look."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="looks")
    child = models.CharField(max_length=64)
    kind = models.CharField(max_length=30)
    role = models.CharField(max_length=120, blank=True)
    day = models.DateField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    retention = Retention(_("A parent may ask who has looked"), _("with the child's record"))

    class Meta:
        ordering = ["-day", "-last_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "child", "kind", "day"], name="one_look_a_day"),
        ]
        indexes = [models.Index(fields=["child", "-day"], name="look_child_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class ScheduledRun(models.Model):
    """When a daily or hourly job last finished, so that a restart neither skips nor repeats it."""

    job = models.CharField(max_length=120, primary_key=True)
    done_at = models.DateTimeField()

    retention = Retention(_("Tells which daily jobs have run"), _("as long as the job exists"))

    def __str__(self) -> str:
        return self.job


class DailyUse(models.Model):
    """One use of something that has a limit for each day; `number` is its place among the uses of that day."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    day = models.DateField()
    number = models.PositiveIntegerField()

    retention = Retention(_("Keeps one person from stopping the others"), _("2 days"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "day", "number"], name="one_use_for_each_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.number}"


class Installation(models.Model):
    """What this database is, for ever: a demo's or a real setting's. One row, written when it is first filled."""

    class Kind(models.TextChoices):
        DEMO = "demo", _("A demo")
        REAL = "real", _("A real setting")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    kind = models.CharField(max_length=4, choices=Kind)
    began_at = models.DateTimeField(auto_now_add=True)

    retention = Retention(_("Keeps a demo from running on real records"), _("as long as the database"))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_installation")]

    def __str__(self) -> str:
        return self.kind


class Submission(models.Model):
    """That a form was sent: pressed once more, it leads to where the first press led. Gone after two days."""

    key = models.CharField(max_length=64, unique=True)
    location = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    retention = Retention(_("Makes one thing of a button that is pressed twice"), _("2 days"))

    def __str__(self) -> str:
        return f"submission {self.pk}"
