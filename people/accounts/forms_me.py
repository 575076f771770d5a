"""Fields and wording of a person's own page; they check and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.accounts.form_fields import QUIET_HOURS, check_quiet_hours
from people.accounts.models import AboutMe, ContactDetails


class AboutMeForm(forms.ModelForm):
    class Meta:
        model = AboutMe
        fields = [
            "languages_spoken",
            "languages_read",
            "needs_interpreter",
            "large_print",
            "plain_words",
            "by_post",
            "access_needs",
            "mail",
            "quiet_from",
            "quiet_until",
        ]
        widgets = {"access_needs": forms.Textarea(attrs={"rows": 3}), "mail": forms.RadioSelect, **QUIET_HOURS}
        help_texts = {
            "needs_interpreter": _("We look for one. A child never has to interpret."),
            "large_print": _("On the screen, and in every PDF that is made for you from now on."),
            "access_needs": _("For example: a step-free door, a quiet room, British Sign Language."),
            "mail": _("An e-mail says how many new things there are, and never what they are."),
            "quiet_until": _("News waits until then. What is urgent does not."),
        }

    def clean(self):
        super().clean()
        return check_quiet_hours(self)


class ContactForm(forms.ModelForm):
    class Meta:
        model = ContactDetails
        fields = ["phone", "address"]
        widgets = {
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "address": forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        }
        help_texts = {"phone": _("Where we reach you quickly when your child needs you.")}


class ShowMe(forms.Form):
    """To whom a person is willing to be shown; only whoever knows how they sign in can say it."""

    words = forms.CharField(
        label=_("Their e-mail address or short name"),
        max_length=254,
        help_text=_("Exactly as they sign in with it. We never say whether somebody of that name is here."),
        error_messages={"required": _("Type the e-mail address or the short name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
