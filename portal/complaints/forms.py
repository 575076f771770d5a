"""Fields and wording of complaints; they check and never save."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Child
from portal.complaints.models import AboutLeaders, Category, Step

CHOOSE = {"required": _("Choose one of the answers.")}


class Start(forms.Form):
    """The two questions that decide who is told."""

    child_at_risk = forms.TypedChoiceField(
        label=_("Is a child at risk of harm now?"),
        choices=[("no", _("No")), ("yes", _("Yes, or I am not sure"))],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    about_leaders = forms.ChoiceField(
        label=_("Is it about somebody in charge?"),
        help_text=_("The manager or the deputy. Unless you answer No, neither of them will see what you write."),
        choices=AboutLeaders.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class Write(forms.Form):
    """What happened."""

    child = forms.ModelChoiceField(
        Child.objects.none(),
        label=_("Is it about one of your children?"),
        required=False,
        empty_label=_("No, or not only"),
    )
    category = forms.ChoiceField(
        label=_("What is it about?"), choices=[("", _("Choose the nearest")), *Category.choices], error_messages=CHOOSE
    )
    words = forms.CharField(
        label=_("What happened?"),
        help_text=_("When, where and who, as far as you know. In your own words and any language."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
        error_messages={"required": _("Write what happened. A few words are enough to begin.")},
    )
    wish = forms.CharField(
        label=_("What would put it right?"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )
    press = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)

    def __init__(self, *args, children, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["child"].queryset = children


class Answer(forms.Form):
    """A step by those who handle it."""

    kind = forms.ChoiceField(
        label=_("What is this?"), choices=Step.Kind.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    words = forms.CharField(
        label=_("Words"), required=False, widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000
    )
    press = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)

    def clean(self):
        step = super().clean()
        if not self.errors and step["kind"] != Step.Kind.ACKNOWLEDGED and not step["words"].strip():
            self.add_error("words", _("Write the words that go with it."))
        return step
