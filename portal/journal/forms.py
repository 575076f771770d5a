"""Fields and wording of the journal; they check and never save."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.eyfs import STAGES, Area, Characteristic
from people.models import Child
from portal.journal.models import About
from records.pictures import NotAPicture, clean

MOST_PHOTOGRAPHS = 20
LATELY = 14  # days; then a child's name says when it was last written about
SAID = ("words", "child_says", "areas", "characteristics", "band", "next_step", "home_idea")

QUESTIONS = {
    About.PAGE: _("The page"),
    About.NEXT: _("What next"),
    About.IDEA: _("What we made of the idea"),
    About.CORRECTION: _("Something is not right"),
}


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
        pictures, problems = [], []
        for upload in uploads:
            try:
                pictures.append(clean(upload))
            except NotAPicture as problem:
                problems.append(str(problem))
        if problems:
            raise forms.ValidationError(problems)
        return pictures


def press_field():
    """A random number in each form, so that pressing twice sends once."""
    return forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)


class PillChildren(forms.ModelMultipleChoiceField):
    """Children to touch; who was not written about lately says so."""

    def label_from_instance(self, child):
        last = getattr(child, "last_page_at", False)
        if last is False:
            return child.known_as
        if last is None:
            return _("%(name)s · no page yet") % {"name": child.known_as}
        days = (timezone.localdate() - timezone.localdate(last)).days
        if days < LATELY:
            return child.known_as
        return _("%(name)s · %(days)d days ago") % {"name": child.known_as, "days": days}


class Page(forms.Form):
    """A page of the journal by the setting: three questions, and more for who has the time."""

    photographs = Photographs(
        label=_("Photographs"),
        required=False,
        help_text=_("Choose one or several. They are turned upright and cleaned of place and time."),
    )
    children = PillChildren(
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
    child_says = forms.CharField(
        label=_("In the child's own words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    areas = forms.MultipleChoiceField(
        label=_("Areas of learning"),
        required=False,
        choices=Area.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pill"}),
    )
    characteristics = forms.MultipleChoiceField(
        label=_("How the child learned"),
        required=False,
        choices=Characteristic.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pill"}),
    )
    band = forms.ChoiceField(label=_("Stage of development"), required=False)
    next_step = forms.CharField(
        label=_("What next?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What you will offer, or look for. The family can answer."),
        max_length=2000,
    )
    home_idea = forms.CharField(
        label=_("An idea for home"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Something small that needs nothing bought. The family can tell what they made of it."),
        max_length=2000,
    )
    press = press_field()

    FIRST = ("photographs", "children", "words")

    def __init__(self, *args, children, framework="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["children"].queryset = children
        if stages := STAGES.get(framework):
            self.fields["band"].choices = [("", _("Not said")), *stages.items()]
        else:
            del self.fields["band"]

    def first(self):
        """What everybody fills in."""
        return [self[name] for name in self.FIRST]

    def more(self):
        """What stands under "More"."""
        return [field for field in self.visible_fields() if field.name not in self.FIRST]

    def more_is_filled(self):
        """Whether something stands under "More", so that it is not hidden."""
        return any(field.value() or field.errors for field in self.more())

    def said(self):
        """What is put on the page, by field."""
        return {name: self.cleaned_data[name] for name in SAID if name in self.cleaned_data}

    def clean(self):
        page = super().clean()
        says = page.get("words", "").strip() or page.get("child_says", "").strip() or page.get("photographs")
        if not says and not self.errors and not self.initial.get("has_photographs"):
            self.add_error("words", _("Write a sentence or choose a photograph."))
        return page


class InPhotograph(forms.Form):
    """Who and what can be seen in one photograph."""

    seen = forms.ModelMultipleChoiceField(
        Child.objects.none(),
        label=_("Who can be seen?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pill"}),
    )
    words = forms.CharField(
        label=_("What can be seen?"),
        required=False,
        max_length=200,
        help_text=_("For who cannot see the picture, or has pictures turned off."),
    )
    asked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, children, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].queryset = children


class OwnText(forms.Form):
    """A text for one child's family only."""

    words = forms.CharField(
        label=_("Words for this family only"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        help_text=_("They stand in place of the common words."),
    )


class Why(forms.Form):
    """The reason for taking back or correcting."""

    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        error_messages={"required": _("Write why in a few words. Colleagues can read it; families cannot.")},
    )


class Correction(forms.Form):
    """What was shared, to be put right."""

    words = forms.CharField(
        label=_("What happened?"), required=False, widget=forms.Textarea(attrs={"rows": 5}), max_length=10_000
    )
    child_says = forms.CharField(
        label=_("In the child's own words"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    next_step = forms.CharField(
        label=_("What next?"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    home_idea = forms.CharField(
        label=_("An idea for home"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    why = Why.base_fields["why"]


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
    child_says = forms.CharField(
        label=_("Your child's own words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What your child said about it, as it was said and in any language."),
        max_length=2000,
    )
    press = press_field()

    def clean(self):
        page = super().clean()
        says = page.get("words", "").strip() or page.get("child_says", "").strip()
        if not says and not page.get("photographs") and not self.errors:
            self.add_error("words", _("Write a sentence or choose a photograph."))
        return page


class Say(forms.Form):
    """A comment."""

    about = forms.ChoiceField(
        label=_("What is it about?"),
        required=False,
        widget=forms.RadioSelect(attrs={"class": "pill"}),
        choices=About.choices,
        initial=About.PAGE,
    )
    words = forms.CharField(
        label=_("Say something about this"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        error_messages={"required": _("Write what you would like to say.")},
    )
    press = press_field()

    def __init__(self, *args, observation=None, may_ask_for_correction=False, **kwargs):
        super().__init__(*args, **kwargs)
        there = {About.PAGE: True, About.CORRECTION: may_ask_for_correction}
        if observation is not None:
            there |= {About.NEXT: observation.next_step, About.IDEA: observation.home_idea}
        choices = [(value, QUESTIONS[value]) for value in About.values if there.get(value)]
        if len(choices) > 1:
            self.fields["about"].choices = choices
        else:
            del self.fields["about"]

    def clean_about(self):
        return self.cleaned_data["about"] or About.PAGE


class Finding(forms.Form):
    """What somebody looks for in a journal. What cannot be understood is as if it were not asked."""

    q = forms.CharField(required=False, max_length=200)
    month = forms.RegexField(r"^[0-9]{4}-(0[1-9]|1[0-2])$", required=False)
    area = forms.ChoiceField(required=False, choices=Area.choices)

    def asked(self):
        """The understood ones of the three, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class Typed(forms.Form):
    """What is being typed, sent by the page itself every few seconds: words and choices, never photographs."""

    press = forms.UUIDField()
    child = forms.UUIDField(required=False)

    KEPT = ("words", "child_says", "band", "next_step", "home_idea")
    KEPT_LISTS = ("children", "areas", "characteristics")
    MOST = 10_000  # letters of each

    def typed(self, posted):
        """What was typed, by field."""
        texts = {name: posted[name][: self.MOST] for name in self.KEPT if posted.get(name, "").strip()}
        lists = {name: posted.getlist(name)[:100] for name in self.KEPT_LISTS if posted.getlist(name)}
        return texts | {name: [each[:40] for each in several] for name, several in lists.items()}
