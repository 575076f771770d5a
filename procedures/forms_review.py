"""What somebody says who signs a procedure off."""

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.models import Side


class SignOffForm(forms.Form):
    """`sides` are those for which this person may sign; one alone is not asked."""

    answer = forms.ChoiceField(
        label=_("What do you say?"),
        choices=[("agree", _("It is right as it stands")), ("change", _("It needs a change"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    side = forms.ChoiceField(label=_("For whom do you sign?"), choices=Side.choices, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("If it needs a change: which? The editors read it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, sides, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = [(side.value, side.label) for side in sides]
        self.fields["side"].initial = sides[0].value if sides else None
        if len(sides) == 1:
            self.fields["side"].widget = forms.HiddenInput()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == "change" and not (cleaned.get("comment") or "").strip():
            self.add_error("comment", _("Say in a sentence what has to change."))
        return cleaned
