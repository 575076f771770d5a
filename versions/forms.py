"""What is asked when somebody writes down who was told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from versions.models import Channel


class ToldForm(forms.Form):
    """Several people at once, told in one way; `people` are those who have not read it yet."""

    people = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Who"), error_messages={"required": _("Tick the people who were told.")}
    )
    channel = forms.ChoiceField(
        label=_("How"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.PORTAL],
        widget=forms.RadioSelect,
        initial=Channel.PAPER,
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
