"""Fields and wording of this room; they check and never save."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.days import within_a_lifetime
from people.models import Person, Setting
from people.name_fields import NameInput
from people.names import offered_short_name, plain_name, why_not_short_name
from people.role_holders import who_gives_second_looks
from people.roles import Role
from people.slips import ask_about_slip


class Day(forms.DateInput):
    """The browser's own day picker."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class DayField(forms.DateField):
    """A day that somebody types; one of the year 22 is a slip in the year."""

    default_validators = [within_a_lifetime]


class Hour(forms.TimeInput):
    """The browser's own picker of a time of day."""

    input_type = "time"

    def __init__(self, **kwargs):
        super().__init__(format="%H:%M", **kwargs)


QUIET_HOURS = {"quiet_from": Hour, "quiet_until": Hour}


def check_quiet_hours(form):
    """Quiet hours have a beginning and an end, or neither."""
    facts = form.cleaned_data
    if (facts.get("quiet_from") is None) != (facts.get("quiet_until") is None) and not form.errors:
        missing = "quiet_until" if facts.get("quiet_until") is None else "quiet_from"
        form.add_error(missing, _("Quiet hours have a beginning and an end. Fill in both, or neither."))
    return facts


def password_field(label, required, *, new=False, **more):
    """A password as it is typed, with a button that shows it; the browser's keeper knows whether it is a new one."""
    known_as = "new-password" if new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": known_as, "data-show": _("Show the password")})
    return forms.CharField(label=label, strip=False, error_messages={"required": required}, widget=widget, **more)


AS_AN_ADDRESS = _("Type an e-mail address like name@example.org.")
AS_A_DAY = _("Type a day like 24/09/2026.")


def address_field(label, missing=None, *, known_as="email", focus=False, **options):
    """An e-mail address; `missing` says what to do when it is left out, `known_as` what the browser's keeper calls it."""
    said = {"invalid": AS_AN_ADDRESS} | ({"required": missing} if missing else {})
    attrs = {"autocomplete": known_as} | ({"autofocus": True} if focus else {})
    return forms.EmailField(label=label, error_messages=said, widget=forms.EmailInput(attrs=attrs), **options)


def day(label, missing=None, **options):
    """A day, with the browser's own picker; `missing` says what to do when it is left out."""
    said = {"invalid": AS_A_DAY} | ({"required": missing} if missing else {})
    return DayField(label=label, widget=Day(), error_messages=said, **options)


def code_field(label, *, recovery=False):
    """Six digits of an authenticator app, typed on the number pad; with `recovery` the letters of a recovery code."""
    keyboard = {"inputmode": "text", "autocapitalize": "none"} if recovery else {"inputmode": "numeric"}
    required = _("Type one of your recovery codes.") if recovery else _("Type the six digits that your app shows.")
    return forms.CharField(
        label=label,
        max_length=40,
        error_messages={"required": required},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", **keyboard}),
    )


class AccountName(forms.TextInput):
    """Unseen beside a password: it tells the browser's password keeper whose password this is."""

    is_hidden = True


def account_name_field(person):
    """The name that the person signs in with, for the browser's password keeper alone; what comes back is not read."""
    attrs = {"autocomplete": "username", "hidden": True, "readonly": True, "tabindex": "-1"}
    return forms.CharField(required=False, initial=person.sign_in_as, widget=AccountName(attrs=attrs))


class SignIn(forms.Form):
    email = forms.CharField(
        label=_("E-mail address or short name"),
        max_length=254,
        error_messages={
            "required": _("Type your e-mail address, or the short name you sign in with."),
            "max_length": _("That is longer than an address can be. Type the one you sign in with."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = password_field(_("Password"), _("Type your password."))
    stay = forms.BooleanField(
        label=_("Stay signed in on this phone for 30 days"),
        help_text=_("For families, on a phone of your own: notices and the journal then open at once."),
        required=False,
    )


class LostPassword(forms.Form):
    email = address_field(
        _("Your e-mail address"), _("Type the e-mail address that you sign in with."), known_as="username", focus=True
    )


class Code(forms.Form):
    def __init__(self, *args, recovery=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(_("Recovery code") if recovery else _("Code"), recovery=recovery)


class Proof(forms.Form):
    """The password again, and the code where the person has an authenticator."""

    password = password_field(_("Your password"), _("Type your password."))

    def __init__(self, *args, person, means, recovery=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"] = account_name_field(person)
        if "authenticator" in means:
            label = _("Recovery code") if recovery else _("Code from your authenticator app")
            self.fields["code"] = code_field(label, recovery=recovery)
        self.order_fields(["account", "password", "code"])


class NewPassword(forms.Form):
    """A password to begin with, or in place of the old one."""

    password = password_field(
        _("Choose a password"),
        _("Choose a password."),
        new=True,
        help_text=_("At least 12 characters. Three or four words together are easy to remember. You can paste it."),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        if person.sign_in_as:
            self.fields = {"account": account_name_field(person), **self.fields}

    def clean_password(self):
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]


class InvitationQuestion(forms.Form):
    """What an invitation asks before it says anything: a stranger who has found the link lacks it."""

    word = forms.CharField(
        label=_("One-time word"),
        max_length=60,
        error_messages={"required": _("Type the one-time word that goes with your invitation.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    born_on = day(
        _("The child's date of birth"),
        _("Type the child's date of birth."),
        help_text=_("Of the child you are invited for, so that nobody else can use your invitation."),
    )

    def __init__(self, *args, invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {name: field for name, field in self.fields.items() if name == invitation.asks_for}
        if "word" in self.fields and invitation.by_letter:
            self.fields["word"].label = _("One-time word from the letter")
            self.fields["word"].help_text = _("It is printed under the square code.")
        elif "word" in self.fields:
            self.fields["word"].help_text = _("Whoever invited you tells it to you. It is not in the e-mail.")
        self.asks_for = invitation.asks_for

    @property
    def answer(self):
        return self.cleaned_data.get(self.asks_for)

    def refuse(self):
        """Say that the answer is not right, without saying anything else."""
        words = {
            "word": _("That is not the word that goes with this invitation. It looks like “meadow-7k3f”."),
            "born_on": _("That is not the date we have. Check the day, month and year, or ask us."),
        }
        self.add_error(self.asks_for, words[self.asks_for])


class Arrival(NewPassword):
    email = address_field(
        _("Your e-mail address"),
        required=False,
        help_text=_(
            "If you have one that nobody else reads: you sign in with it. We send one e-mail to confirm it; after that we "
            "write only to say that something new waits for you, or that how you sign in has changed. If no e-mail comes, "
            "ring us."
        ),
    )
    sign_in_name = forms.CharField(
        label=_("Short name to sign in with"),
        required=False,
        max_length=40,
        help_text=_(
            "For whoever has no e-mail address of their own: one of the two is enough. Keep this one or choose another."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )

    field_order = ["email", "sign_in_name", "password"]

    def __init__(self, *args, invitation, **kwargs):
        super().__init__(*args, person=invitation.person, **kwargs)
        if self.person.email:
            del self.fields["email"], self.fields["sign_in_name"]
        elif self.person.sign_in_name:
            del self.fields["sign_in_name"]
        else:
            self.fields["sign_in_name"].initial = self._offered()

    def _offered(self):
        return offered_short_name(self.person.full_name, set(Person.objects.values_list("sign_in_name", flat=True)))

    def clean_email(self):
        """Whether somebody else is here under it is told to nobody (actions.arrive)."""
        return plain_name(self.cleaned_data["email"])

    def clean(self):
        ask_about_slip(self)
        return super().clean()

    def clean_sign_in_name(self):
        """The short name, unless an address was typed: one of the two is enough."""
        name = plain_name(self.cleaned_data["sign_in_name"])
        if self.cleaned_data.get("email") or "email" in self.errors:
            return ""
        if not name:
            raise forms.ValidationError(_("Type your e-mail address above, or a short name here."))
        if why_not := why_not_short_name(name):
            raise forms.ValidationError(why_not)
        if Person.objects.filter(sign_in_name=name).exists():
            raise forms.ValidationError(
                _("Somebody signs in with this short name already. How about %(other)s?") % {"other": self._offered()}
            )
        return name


class LetterCode(forms.Form):
    code = forms.CharField(
        label=_("Code from the letter"),
        help_text=_("Small letters and digits; the gaps do not matter."),
        max_length=80,
        error_messages={"required": _("Type the code that is printed on your letter.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )


class InviteStaff(forms.Form):
    existing = forms.ModelChoiceField(
        Person.objects.all(),
        label=_("Somebody already in the books"),
        required=False,
        empty_label=_("No, somebody new"),
        help_text=_(
            "A parent who begins to work here, or somebody who takes on another role. One person has one account."
        ),
    )
    full_name = NameInput(label=_("Full name"), max_length=150, required=False)
    email = address_field(_("E-mail address"), required=False, known_as="off")
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    starts_on = DayField(label=_("From"), help_text=_("Empty: from today."), required=False, widget=Day())
    ends_on = DayField(label=_("Last day"), help_text=_("Empty: until you end it."), required=False, widget=Day())

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        if email and Person.objects.filter(email=email).exists():
            raise forms.ValidationError(
                _("Somebody already signs in with this address. Choose them under “Somebody already in the books”.")
            )
        return email

    def clean(self):
        facts = super().clean()
        ask_about_slip(self)
        if not self.errors and not facts["existing"]:
            for field in ("full_name", "email"):
                if not facts[field].strip():
                    self.add_error(field, _("Needed for somebody new."))
        begins = facts.get("starts_on") or timezone.localdate()
        if facts.get("ends_on") and facts["ends_on"] < begins:
            self.add_error("ends_on", _("The last day comes before the first. Choose a later one, or leave it empty."))
        return facts


class SettingForm(forms.ModelForm):
    class Meta:
        model = Setting
        fields = [
            "name",
            "short_name",
            "word_for_parents",
            "journal_name",
            "address",
            "phone",
            "email",
            "second_factor_for_families",
            "invitations_last",
            "quiet_from",
            "quiet_until",
            "pages_are_checked",
            "journal_is_checked",
            "framework",
            "ofsted_urn",
            "charity_number",
            "safeguarding_lead",
            "safeguarding_phone",
            "social_care_name",
            "social_care_phone",
            "ofsted_phone",
            "ofsted_email",
            "ofsted_address",
        ]
        widgets = {"address": forms.Textarea(attrs={"rows": 3}), **QUIET_HOURS}
        help_texts = {
            "invitations_last": _("From 1 to 30. A shorter time is safer; seven days are enough for most families."),
            "quiet_until": _("News waits until then. Urgent notices, and what somebody must know, do not."),
            "journal_is_checked": _("The manager or the deputy looks; what they write themselves is shared at once."),
            "framework": _("None is required. Where you choose one, a stage can be named beside an observation."),
        }

    def clean_pages_are_checked(self):
        wanted = self.cleaned_data["pages_are_checked"]
        if wanted and not self.instance.pages_are_checked and not who_gives_second_looks().exists():
            raise forms.ValidationError(
                _(
                    "Nobody here could give the second look: first make somebody who leads an editor, too, on “Who works "
                    "here”. Then switch this on."
                )
            )
        return wanted

    def clean(self):
        super().clean()
        return check_quiet_hours(self)
