"""Fields and wording of signing in and arriving; they check and never save."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from people.accounts.form_fields import account_name_field, address_field, code_field, day, password_field
from people.accounts.models import Person
from people.accounts.names import offered_short_name, plain_name, why_not_short_name
from people.accounts.slips import ask_about_slip


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
        help_text=_("For families, on a phone of your own: what there is to read then opens at once."),
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
