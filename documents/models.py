"""Forms and their wording, who was asked to sign them, what was signed, and the paper that came of it."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from documents.purposes import Purpose
from documents.wording import SlimStreamField, pieces, words_in
from people.families.access import Level, access_of, of_nobody_hidden
from people.families.models import Child
from people.families.told import Told, names_nobody_closed
from people.setting.roles import Right, has_right
from records.make_secret import SMALL, make_secret
from records.retention import WORDS, Retention

if TYPE_CHECKING:
    from people.accounts.models import Person

WITH_THE_CHILD = Retention(_("What a family and the setting agreed"), _("3 years after the child leaves"))


def new_reference() -> str:
    """Eight random letters by which people name a paper; nothing can be read from them."""
    return make_secret(8, letters=SMALL)


class FormQuerySet(models.QuerySet["Form"]):
    def visible_to(self, user: "Person") -> Self:
        """Forms whose words this person may read before anybody asks for a signature: those in use, for whoever is signed in."""
        return self.filter(in_use=True) if user.is_authenticated else self.none()


class Form(models.Model):
    """The words of a form, kept by editors. What a family is asked to sign is a frozen FormVersion of it."""

    code = models.CharField(
        _("Code"), max_length=20, unique=True, help_text=_("As on the setting's list, such as 09.01c.")
    )
    title = models.CharField(_("Title"), max_length=150)
    wording = SlimStreamField(pieces(), verbose_name=_("Wording"))
    in_use = models.BooleanField(
        _("In use"), default=True, help_text=_("Untick to stop asking families for it. Signed papers stay.")
    )

    objects = FormQuerySet.as_manager()
    retention = WORDS

    panels = [FieldPanel("code"), FieldPanel("title"), FieldPanel("wording"), FieldPanel("in_use")]

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["code"]

    def __str__(self):
        return f"{self.code} {self.title}"


class FormVersion(models.Model):
    """A form's wording as it was when a family was first asked to sign it. Added only (database trigger)."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=150)
    wording = models.JSONField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    retention = Retention(_("The exact words that people signed"), _("as long as a paper signed with them"))

    class Meta:
        ordering = ["form", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["form", "sha256"], name="version_wording_once"),
        ]

    def __str__(self):
        return f"{self.code} {self.title} ({self.number})"


def open_to(user: "Person", on: date | None = None) -> QuerySet[Child]:
    """Children whose door is not closed to this person by a restriction."""
    return Child.objects.exclude(pk__in=access_of(user, on).closed_children)


def asked_about_by_staff(user: "Person", on: date | None = None) -> QuerySet[Child]:
    """Children whose forms and papers this member of staff keeps; never one of their own family."""
    if not has_right(user, Right.ASK_FOR_FORMS, on):
        return Child.objects.none()
    return Child.objects.as_staff_of(user, on)


class SignatureRequestQuerySet(models.QuerySet["SignatureRequest"]):
    def visible_to(self, user: "Person", on: date | None = None) -> Self:
        """Requests this person may open: their own as family, what they signed, and all to staff who ask for forms."""
        if not user.is_authenticated:
            return self.none()
        waiting = Q(adult=user, withdrawn_at__isnull=True)
        waiting &= Q(child__in=access_of(user, on).family(Level.FULL))
        signed = Q(adult=user, signature__isnull=False)
        signed &= Q(child__in=open_to(user, on))
        staff = Q(child__in=asked_about_by_staff(user, on)) & of_nobody_hidden(user, "adult", on)
        return self.filter(waiting | signed | staff, names_nobody_closed(user, SignatureRequest, on))

    def waiting_for(self, user: "Person", on: date | None = None) -> Self:
        """Requests this person still has to answer, the most urgent first."""
        own = self.visible_to(user, on).filter(adult=user).filter(child__in=access_of(user, on).family(Level.FULL))
        return own.unanswered().order_by(models.F("due_on").asc(nulls_last=True), "asked_at")

    def asked_now(self, on: date | None = None) -> Self:
        """Without those about a child who has left: they can still be opened, and are asked for no more."""
        return self.exclude(child__ends_on__lt=on or timezone.localdate())

    def unanswered(self) -> Self:
        """Neither signed nor taken back."""
        return self.filter(signature__isnull=True, withdrawn_at__isnull=True)


class SignatureRequest(models.Model):
    """The setting asks one adult to read and sign one version of a form about one child."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="asks")
    child = models.ForeignKey(Child, models.PROTECT, related_name="asks")
    adult = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="asks")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("Please sign by"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    enclosed = models.JSONField(default=list, blank=True)  # words for this adult alone, read and signed with the form
    named_for_orders = models.ManyToManyField(Child, related_name="+", blank=True)  # whom those words name

    objects = SignatureRequestQuerySet.as_manager()
    told = Told("child", ("enclosed",), plain=words_in)
    retention = WITH_THE_CHILD

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["adult", "-asked_at"], name="ask_adult")]

    def __str__(self):
        return f"request {self.pk}"

    @property
    def wording(self):
        """All that is read and signed: what is enclosed for this adult, then the form."""
        return [*self.enclosed, *self.version.wording]

    def get_absolute_url(self):
        """Where the asked person reads and answers it."""
        return reverse("papers:fill", args=[self.pk])


class AnswersDraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, user, on=None):
        """Only whoever is writing it sees a draft."""
        return self.filter(ask__in=SignatureRequest.objects.waiting_for(user, on).order_by())


class Draft(models.Model):
    """Answers on their way. `edition` counts the saves, so that two windows never overwrite each other in silence."""

    ask = models.OneToOneField(SignatureRequest, models.CASCADE, related_name="draft")
    answers = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = AnswersDraftQuerySet.as_manager()
    retention = Retention(_("Lets a person finish later"), _("until the form is signed or the request taken back"))

    def __str__(self):
        return f"draft {self.pk}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    def visible_to(self, user: "Person", on: date | None = None) -> Self:
        """What this person signed, as long as no restriction closes it; all to staff who ask for forms.

        A paper holds its signer's own part only: another adult of the child never sees it.
        """
        if not user.is_authenticated:
            return self.none()
        own = Q(ask__adult=user)
        own &= Q(ask__child__in=open_to(user, on))
        staff = Q(ask__child__in=asked_about_by_staff(user, on)) & of_nobody_hidden(user, "ask__adult", on)
        return self.filter(own | staff, names_nobody_closed(user, SignatureRequest, on, "ask"))

    def without_paper(self) -> Self:
        """Those whose paper the scheduler still has to make, the oldest first."""
        return self.filter(paper__isnull=True).order_by("signed_at", "pk")


class Signature(models.Model):
    """That an adult signed: the exact text, the answers and how they proved who they are. Added only (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=8, unique=True, default=new_reference)
    ask = models.OneToOneField(SignatureRequest, models.PROTECT, related_name="signature")
    answers = models.JSONField()
    facts = models.JSONField()  # names as they were: of the child, the signer and the setting
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    answers_sha256 = models.CharField(max_length=64)
    typed_name = models.CharField(max_length=150)
    signed_at = models.DateTimeField()
    proof = models.CharField(max_length=60)  # "password" or "password and authenticator"
    sha256 = models.CharField(max_length=64, unique=True)

    objects = SignatureQuerySet.as_manager()
    retention = WITH_THE_CHILD

    class Meta:
        ordering = ["-signed_at"]
        constraints = [models.CheckConstraint(condition=~Q(typed_name=""), name="signature_has_a_name")]

    def __str__(self):
        return f"signature {self.reference}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: "Person", on: date | None = None) -> Self:
        """A person's own decisions; all to staff who ask for forms. Adults do not see each other's."""
        if not user.is_authenticated:
            return self.none()
        own = Q(adult=user)
        own &= Q(child__in=open_to(user, on))
        staff = Q(child__in=asked_about_by_staff(user, on)) & of_nobody_hidden(user, "adult", on)
        return self.filter(own | staff)

    def latest(self, on: date | None = None) -> Self:  # type: ignore[override] # Django's own has no use here
        """Each adult's last word on each child and purpose, as it stood at the end of that day."""
        rows = self if on is None else self.filter(decided_at__date__lte=on)
        later = Consent.objects.filter(
            child=OuterRef("child"), adult=OuterRef("adult"), purpose=OuterRef("purpose"), pk__gt=OuterRef("pk")
        )
        if on is not None:
            later = later.filter(decided_at__date__lte=on)
        return rows.filter(~Exists(later))

    def waiting_for(self, user: "Person", on: date | None = None) -> Self:
        """The last words about children for whom this person must know what counts, and which they have not seen."""
        children = Child.objects.as_staff_of(user, on).here(on)
        if not has_right(user, Right.KEEP_FAMILIES, on):
            children = children.filter(pk__in=access_of(user, on).key_children)
        seen = ConsentSeen.objects.filter(consent=OuterRef("pk"), person=user.pk)
        rows = self.latest(on).filter(~Exists(seen), child__in=children.order_by().values("pk"))
        return rows.exclude(adult=user.pk).select_related("child").order_by("-decided_at", "-pk")


class Consent(models.Model):
    """One adult's decision on one purpose for one child. Added only (trigger): a change of mind is a new row."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=30, choices=Purpose)
    allows = models.BooleanField()
    adult = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents")
    decided_at = models.DateTimeField(default=timezone.now)
    signature = models.ForeignKey(Signature, models.PROTECT, null=True, blank=True, related_name="consents")

    objects = ConsentQuerySet.as_manager()
    retention = WITH_THE_CHILD

    class Meta:
        ordering = ["child", "purpose", "-pk"]
        indexes = [models.Index(fields=["child", "purpose", "adult", "-id"], name="consent_last_word")]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="consent_purpose_is_known"),
        ]

    def __str__(self):
        return f"{self.purpose} {self.decided_at:%Y-%m-%d}"


class ConsentSeenQuerySet(models.QuerySet["ConsentSeen"]):
    def visible_to(self, user, on=None):
        """What this person has seen; nobody else's."""
        return self.filter(person=user) if user.is_authenticated else self.none()


class ConsentSeen(models.Model):
    """That somebody who must know has seen that a family takes a permission back."""

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="seen_by")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents_seen")
    seen_at = models.DateTimeField(default=timezone.now)

    objects = ConsentSeenQuerySet.as_manager()
    retention = WITH_THE_CHILD

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["consent", "person"], name="consent_seen_once")]

    def __str__(self):
        return f"seen {self.consent_id}"


class SignedDocumentQuerySet(models.QuerySet["SignedDocument"]):
    def visible_to(self, user: "Person", on: date | None = None) -> Self:
        """The papers of the signatures this person may see."""
        return self.filter(signature__in=Signature.objects.visible_to(user, on).order_by())


class SignedDocument(models.Model):
    """The sealed PDF of a signature; made once, by the scheduler."""

    signature = models.OneToOneField(Signature, models.PROTECT, related_name="paper")
    file = models.ForeignKey("records.StoredFile", models.PROTECT, related_name="papers")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    objects = SignedDocumentQuerySet.as_manager()
    retention = WITH_THE_CHILD

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return f"paper {self.signature.reference}"

    @property
    def file_name(self):
        """What the file is called when somebody takes it home: never a child's name."""
        return f"paper-{self.signature.reference}.pdf"
