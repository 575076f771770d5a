import secrets
from binascii import unhexlify
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin
from django_otp.oath import TOTP

from people.accounts.name_fields import NameField
from people.accounts.names import plain_name
from people.families.access import HIDES_OTHERS, access_of
from people.setting.models.role import RoleHeld
from people.setting.roles import OFFICES
from records.encrypted import EncryptedText
from records.retention import ACCESS, Retention

if TYPE_CHECKING:
    from people.families.access import Access


class PersonManager(BaseUserManager):
    def create_user(self, email: str | None, full_name: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who may be invited; without a password nobody can sign in as them."""
        person = Person(email=plain_name(email) or None, full_name=full_name, **fields)
        person.set_password(password)
        if person.email and password:  # whoever makes an account with its password vouches for the address, too
            person.email_confirmed_at = person.email_confirmed_at or timezone.now()
        person.save()
        return person

    def get_by_natural_key(self, name):
        """Who signs in with this address or short name. Django's own check calls it, so both cost the same time."""
        plain = plain_name(name)
        return self.get(email=plain) if "@" in plain else self.get(sign_in_name=plain)


class Person(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing] # django-otp has no types
    """Any adult we know: a parent, a grandmother who only collects, a member of staff, an editor. One account each."""

    full_name = NameField(_("Full name"), max_length=150)
    email = models.EmailField(_("E-mail address"), null=True, blank=True, unique=True)
    # Until its owner followed a link that was mailed there, an address is only what somebody typed.
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    # One that was typed on arrival although somebody else is here under it. Nothing tells the two cases apart.
    typed_email = models.EmailField(blank=True)
    # For whoever has no address of their own: a short name to sign in with, and an address that may be shared.
    sign_in_name = models.CharField(_("Short name to sign in with"), max_length=40, null=True, blank=True, unique=True)
    mail_to = models.EmailField(_("Address for mail, if it is shared with somebody"), blank=True)
    household = models.ForeignKey("families.Household", models.SET_NULL, null=True, blank=True, related_name="adults")
    is_active = models.BooleanField(default=True)
    access_cache: "dict[date, Access] | None"  # what `access_of` has read, where somebody began it
    joined_at = models.DateTimeField(default=timezone.now)

    objects = PersonManager()
    retention = Retention(
        _("Somebody around a child, or who works here"), _("with the last child's record; staff: 6 years")
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["full_name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_address"),
            models.CheckConstraint(condition=~Q(full_name=""), name="person_has_a_name"),
            models.UniqueConstraint(Lower("sign_in_name"), name="one_person_per_short_name"),
            models.CheckConstraint(
                condition=Q(sign_in_name__isnull=True) | ~Q(sign_in_name__contains="@"), name="short_name_is_no_address"
            ),
        ]

    def __str__(self):
        return self.full_name

    def clean(self):
        self.email = plain_name(self.email) or None
        self.sign_in_name = plain_name(self.sign_in_name) or None

    @property
    def sign_in_as(self):
        """What this person signs in with, and under which their tries are counted; empty when they cannot yet."""
        return self.email or self.typed_email or self.sign_in_name or ""

    @property
    def post_address(self):
        """Where mail to this person goes: their own address, or the one they share; empty when there is none.

        An address that was typed on arrival counts once it is confirmed. One that the setting entered is written to until
        its owner arrives: the invitation itself goes there.
        """
        return self.email if self.email and not self.has_unconfirmed_address else self.mail_to

    @property
    def has_unconfirmed_address(self) -> bool:
        """Whether this person signs in with an address that nobody has confirmed yet."""
        typed = self.typed_email or (self.email and self.email_confirmed_at is None)
        return bool(typed and self.has_usable_password())

    @property
    def reads_large_print(self) -> bool:
        """Whether this person asked for large print, on paper and on the screen."""
        return access_of(self).large_print

    def get_full_name(self):
        """The whole name; Wagtail asks for it by this word."""
        return self.full_name

    def get_short_name(self):
        """The first of the names; what colleagues would call out."""
        return self.full_name.split()[0]

    @property
    def first_name(self):
        """Wagtail's pages ask for it."""
        return self.get_short_name()

    def shown_to(self, on=None):
        """People to whom this person may be shown: themselves, those of one household, and by choice of both.

        Never across a restriction: whoever is kept from a child, or from the details of others, and the adults of that
        child are not shown to each other, whatever they chose before.
        """
        others = Q(household=self.household_id) if self.household_id else Q(pk__in=[])
        chosen = self.introductions.filter(ended_at__isnull=True).values("other")
        chosen_by = self.introductions_to_me.filter(ended_at__isnull=True).values("person")
        others |= Q(pk__in=chosen) & Q(pk__in=chosen_by)
        return Person.objects.filter(Q(pk=self.pk) | others & ~self._kept_apart(on or timezone.localdate()))

    def _kept_apart(self, on):
        """The condition of being on the other side of a restriction from this person."""
        hides = apps.get_model("families", "Restriction").objects.running(on).filter(kind__in=HIDES_OTHERS)
        ties = apps.get_model("families", "Relationship").objects
        of_my_closed_children = ties.filter(child__in=hides.filter(adult=self.pk).values("child")).values("adult")
        closed_to_them = hides.filter(child__in=ties.filter(adult=self.pk).values("child")).values("adult")
        return Q(pk__in=of_my_closed_children) | Q(pk__in=closed_to_them)


class Authenticator(ThrottlingMixin, Device):
    """An authenticator app (TOTP, RFC 6238: six digits, 30 seconds). Its key is encrypted; a code works once."""

    key = EncryptedText()
    last_step = models.BigIntegerField(default=-1)
    made_at = models.DateTimeField(default=timezone.now)

    retention = ACCESS
    STEPS_EITHER_WAY = 1

    def __str__(self):
        return self.name

    def get_throttle_factor(self):
        """Seconds to wait after the first wrong code; the wait doubles with each further one."""
        return 1

    @classmethod
    def new_key(cls):
        """160 random bits in hex (RFC 4226's recommended length)."""
        return secrets.token_hex(20)

    def verify_token(self, token):
        """Whether the six digits are right now; a used code or an earlier one never is."""
        allowed, _why = self.verify_is_allowed()
        token = "".join(str(token).split())
        if not allowed or not (token.isascii() and token.isdigit()) or len(token) != 6:
            return False
        totp = TOTP(unhexlify(self.key))
        totp.time = timezone.now().timestamp()
        if not totp.verify(int(token), self.STEPS_EITHER_WAY, self.last_step + 1):
            self.slow_down()
            return False
        # Of two posts of one code at the same moment exactly one may win, so the row decides.
        step = totp.t()
        won = Authenticator.objects.filter(pk=self.pk, last_step__lt=step).update(
            last_step=step, throttling_failure_timestamp=None, throttling_failure_count=0
        )
        self.last_step = step
        return bool(won)

    def slow_down(self):
        """Count a wrong try, and nothing else: saving the whole row could bring back a code that was used meanwhile."""
        Authenticator.objects.filter(pk=self.pk).update(
            throttling_failure_timestamp=timezone.now(),
            throttling_failure_count=models.F("throttling_failure_count") + 1,
        )

    def code_now(self):
        """The current six digits; for the demo's `demo_code` command only."""
        totp = TOTP(unhexlify(self.key))
        totp.time = timezone.now().timestamp()
        return f"{totp.token():06d}"


class RecoveryCodes(ThrottlingMixin, Device):
    """Ten codes for the day the phone is lost; shown once, kept only as hashes, each works once."""

    retention = ACCESS

    def __str__(self):
        return self.name

    def get_throttle_factor(self):
        """Seconds to wait after the first wrong code; the wait doubles with each further one."""
        return 1

    def verify_token(self, token):
        allowed, _why = self.verify_is_allowed()
        if not allowed:
            return False
        plain = "".join(letter for letter in str(token).lower() if letter.isalnum())
        if len(plain) < 10:  # six digits are the authenticator's; do not let them count as a wrong try here
            return False
        unused = self.codes.filter(hashed=RecoveryCode.hash_of(plain), used_at__isnull=True)
        if unused.update(used_at=timezone.now()) == 1:  # of two posts at once exactly one wins
            self.throttle_reset()
            return True
        self.throttle_increment()
        return False


class RecoveryCode(models.Model):
    device = models.ForeignKey(RecoveryCodes, models.CASCADE, related_name="codes")
    hashed = models.CharField(max_length=200)
    used_at = models.DateTimeField(null=True, blank=True)

    retention = ACCESS

    def __str__(self):
        return f"recovery code {self.pk}"

    @staticmethod
    def hash_of(code):
        """A keyed hash: the codes carry 49 random bits, so a slow password hash would only make them slow."""
        plain = "".join(letter for letter in str(code).lower() if letter.isalnum())
        return salted_hmac("people.recovery_code", plain, algorithm="sha256").hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime | None = None) -> Self:
        """Those that can still be used."""
        return self.filter(used_at__isnull=True, withdrawn_at__isnull=True, ends_at__gt=now or timezone.now())

    def usable(self, now: datetime | None = None) -> Self:
        """The same, as long as not too many wrong answers were given, and whoever made it still holds an office here."""
        in_office = RoleHeld.objects.running(timezone.localdate(now)).filter(role__in=OFFICES)
        made_by_us = Q(made_by__isnull=True) | Exists(in_office.filter(person=OuterRef("made_by")))
        return self.open(now).filter(made_by_us, tries__lt=Invitation.MOST_TRIES)


class Invitation(models.Model):
    """A single-use way in for one person who is already in the books. It never links by name or address."""

    MOST_TRIES = 10

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    word_hash = models.CharField(max_length=200, blank=True)  # a one-time word, on the letter or said aloud
    by_letter = models.BooleanField(default=False)
    printed_in = models.CharField(max_length=64, blank=True)  # hash of the browser's mark (people/accounts/printing.py)
    tries = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()
    retention = Retention(_("Lets one person in once"), _("90 days after it ends"))

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return f"invitation {self.pk}"

    def set_word(self, word):
        self.word_hash = make_password(word.strip().lower())

    def word_is(self, word):
        return not self.word_hash or check_password((word or "").strip().lower(), self.word_hash)

    @property
    def asks_for(self) -> str:
        """What a stranger with the link lacks: the one-time "word", a child's date of birth ("born_on"), or nothing."""
        if self.word_hash:
            return "word"
        # One that somebody sent asks even where the relationship was undone since: then no day is right.
        return "born_on" if self.made_by_id or self.person.relationships.exists() else ""

    def is_answered_by(self, answer) -> bool:
        """Whether this is what the invitation asks for: a word (str), or a day (date) on which one of the children was born."""
        if self.asks_for == "word":
            return self.word_is(answer)
        if self.asks_for == "born_on":
            return self.person.relationships.filter(child__born_on=answer).exists()
        return True
