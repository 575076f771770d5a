"""Form fields that several forms use: days, addresses, passwords, codes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.families.days import within_a_lifetime


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
