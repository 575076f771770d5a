"""Fields and wording of the journal; they check and never save."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from people.eyfs import Area
from people.models import Child
from records.pictures import clean_all

MOST_PHOTOGRAPHS = 20


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class Photographs(forms.FileField):
    """Several photographs at once, each cleaned; the cleaned value is a list of records.pictures.Picture."""

    widget = SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"})

    def clean(self, value, initial=None):
        uploads = [upload for upload in (value if isinstance(value, (list, tuple)) else [value]) if upload]
        if len(uploads) > MOST_PHOTOGRAPHS:
            raise forms.ValidationError(_("Send at most %(n)d photographs at once.") % {"n": MOST_PHOTOGRAPHS})
        pictures, problems = clean_all(uploads)
        if problems:
            raise forms.ValidationError(problems)
        return pictures


def press_field():
    """A random number in each form, so that pressing twice sends once."""
    return forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)


class Page(forms.Form):
    """A page of the journal by the setting."""

    photographs = Photographs(
        label=_("Photographs"),
        required=False,
        help_text=_("Choose one or several. They are turned upright and cleaned of place and time."),
    )
    children = forms.ModelMultipleChoiceField(
        Child.objects.none(),
        label=_("Who is it about?"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pill"}),
        error_messages={"required": _("Choose at least one child.")},
    )
    words = forms.CharField(
        label=_("What happened?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Write as you would tell it at the door. Name no other child."),
        max_length=10_000,
    )
    areas = forms.MultipleChoiceField(
        label=_("Areas of learning"),
        required=False,
        choices=Area.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pill"}),
    )
    press = press_field()

    def __init__(self, *args, children, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["children"].queryset = children

    def clean(self):
        page = super().clean()
        if (
            not page.get("words", "").strip()
            and not page.get("photographs")
            and not self.errors
            and not self.initial.get("has_photographs")
        ):
            self.add_error("words", _("Write a sentence or choose a photograph."))
        return page


class FromHome(forms.Form):
    """A page of the journal by the family."""

    photographs = Photographs(
        label=_("Photographs"),
        required=False,
        help_text=_("Straight from your phone; we remove where and when they were taken."),
    )
    words = forms.CharField(
        label=_("What did you see at home?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
    )
    press = press_field()

    def clean(self):
        page = super().clean()
        if not page.get("words", "").strip() and not page.get("photographs") and not self.errors:
            self.add_error("words", _("Write a sentence or choose a photograph."))
        return page


class Say(forms.Form):
    """A comment."""

    words = forms.CharField(
        label=_("Say something about this"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        error_messages={"required": _("Write what you would like to say.")},
    )
    press = press_field()
