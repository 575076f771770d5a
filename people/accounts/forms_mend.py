"""The form at the door: how the person was recognised, and what is lost."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Recognise(forms.Form):
    identity_seen = forms.CharField(
        label=_("How do you know that it is them?"),
        help_text=_("For example: I have known her for two years, she stands before me. Or: passport seen."),
        max_length=200,
        error_messages={
            "required": _("Say how you know that it is them. A voice on the phone is not enough."),
            "max_length": _("Say it in at most 200 letters."),
        },
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    factor_too = forms.BooleanField(
        label=_("Their authenticator is lost as well"),
        help_text=_("Then it and the recovery codes stop working, as soon as the letter is used."),
        required=False,
    )

    def __init__(self, *args, has_factor, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_factor:
            del self.fields["factor_too"]
