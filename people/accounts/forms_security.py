"""Fields and wording of the page "How you sign in", and of the room's tablet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.accounts.form_fields import address_field
from people.accounts.models import Person
from people.accounts.slips import ask_about_slip
from people.accounts.tablets import why_not_digits
from people.families.models import EmergencyAccess
from people.setting.models import Room


class NewAddress(forms.Form):
    email = address_field(
        _("New e-mail address"),
        _("Type your new e-mail address."),
        help_text=_("We write to it, and you follow the link in that e-mail. Until then the old one stays."),
    )

    def clean_email(self):
        return Person.objects.normalize_email(self.cleaned_data["email"]).strip().lower()

    def clean(self):
        ask_about_slip(self)
        return super().clean()


class NewPin(forms.Form):
    digits = forms.CharField(
        label=_("Six digits"),
        help_text=_("Only for the room's tablet. Choose some that nobody would guess, and not your phone's."),
        max_length=6,
        error_messages={"required": _("Type six digits.")},
        widget=forms.PasswordInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "data-show": _("Show the digits")}
        ),
    )

    def clean_digits(self):
        if why_not := why_not_digits(self.cleaned_data["digits"]):
            raise forms.ValidationError(why_not)
        return self.cleaned_data["digits"]


class Digits(forms.Form):
    digits = forms.CharField(
        label=_("Your PIN"),
        max_length=6,
        error_messages={"required": _("Type your six digits.")},
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": True}),
    )


class EnrolTablet(forms.Form):
    name = forms.CharField(
        label=_("Name of the tablet"),
        help_text=_("As on its sticker, like “Blue tablet”."),
        max_length=60,
        error_messages={"required": _("Give the tablet a name, as on its sticker.")},
    )
    room = forms.ModelChoiceField(
        label=_("Its room"),
        help_text=_("It opens the children of this room only. Leave it empty where there is one room."),
        queryset=Room.objects.all(),
        required=False,
        empty_label=_("Every room"),
    )


class BreakGlass(forms.ModelForm):
    class Meta:
        model = EmergencyAccess
        fields = ["reason"]
        error_messages = {"reason": {"required": _("Say in a few words why you need to see it now.")}}
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
