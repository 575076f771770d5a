"""Children who are looked after by a local authority: who holds responsibility, and who may decide what."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.name_fields import NameField
from people.dated import Dated, DatedQuerySet
from people.families.retention import WITH_THE_CHILD


class LookedAfterStatus(Dated):
    """That a child is looked after by a local authority, which may hold parental responsibility (domain.md F2)."""

    class Basis(models.TextChoices):
        AGREEMENT = "agreement", _("By agreement with the parents (section 20): the authority has no responsibility")
        EMERGENCY = "emergency", _("Emergency protection order")
        INTERIM = "interim", _("Interim care order")
        ORDER = "order", _("Care order")
        PLACEMENT = "placement", _("Placement order")

    child = models.ForeignKey("families.Child", models.PROTECT, related_name="in_care")
    authority = models.CharField(_("Local authority"), max_length=120)
    basis = models.CharField(_("On what basis"), max_length=20, choices=Basis)
    social_worker = NameField(_("Social worker"), max_length=120, blank=True)
    phone = models.CharField(_("Social worker's phone"), max_length=40, blank=True)
    email = models.EmailField(_("Social worker's e-mail address"), blank=True)
    starts_on = models.DateField(_("From"), default=timezone.localdate)
    ended_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    objects = DatedQuerySet.as_manager()
    retention = WITH_THE_CHILD

    class Meta:
        verbose_name_plural = "in care"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(ended_at__isnull=True), name="in_care_once"),
            models.CheckConstraint(condition=~Q(authority=""), name="in_care_has_an_authority"),
        ]

    def __str__(self):
        return f"in care {self.pk}"

    @property
    def holds_responsibility(self):
        """Whether the authority shares parental responsibility."""
        return self.basis != self.Basis.AGREEMENT


class DelegatedDecision(models.Model):
    """Who decides one kind of thing for a child in care. A change is a new row; the last one counts."""

    class Matter(models.TextChoices):
        OUTINGS = "outings", _("Outings of the day")
        PHOTOGRAPHS = "photographs", _("Photographs and the journal")
        MEDICINES = "medicines", _("Everyday medicines")
        URGENT_TREATMENT = "urgent_treatment", _("Urgent medical treatment")
        COLLECTION = "collection", _("Who may collect")
        SHARING = "sharing", _("Sharing information with other services")
        RELIGION = "religion", _("Food, faith and hair")

    class Decider(models.TextChoices):
        CARER = "carer", _("The foster carer")
        AUTHORITY = "authority", _("The local authority")
        PARENTS = "parents", _("The parents")
        TOGETHER = "together", _("Ask the social worker each time")

    child = models.ForeignKey("families.Child", models.PROTECT, related_name="delegated_decisions")
    matter = models.CharField(_("What about"), max_length=20, choices=Matter)
    decider = models.CharField(_("Who decides"), max_length=20, choices=Decider)
    words = models.CharField(_("In the words of the agreement"), max_length=300, blank=True)
    entered_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    retention = WITH_THE_CHILD

    class Meta:
        ordering = ["child", "matter", "-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decider__in=["carer", "authority", "parents", "together"]), name="decider_is_known"
            ),
        ]

    def __str__(self):
        return f"delegated decision {self.pk}"


class FormerName(models.Model):
    """The name a child had before, kept for those who keep families and shown to nobody else (adoption, change of name)."""

    child = models.ForeignKey("families.Child", models.PROTECT, related_name="names_before")
    full_name = NameField(max_length=150)
    known_as = NameField(max_length=60)
    why = models.CharField(_("Why it changed"), max_length=120)
    changed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    retention = WITH_THE_CHILD

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self):
        return f"name before {self.pk}"
