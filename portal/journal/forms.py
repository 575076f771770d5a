"""Fields and wording of the journal; they check and never save."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.families.eyfs import STAGES, Area, Characteristic
from people.families.forms_mentions import AsksAboutNames
from people.families.models import Child
from portal.journal.actions_uploads import MOST_WAITING
from portal.journal.models import About, Upload
from portal.journal.models.observation import TOLD
from records import request_cache
from records.pictures import MOST_BYTES, called, clean_all, sentence
from records.submitted import SubmittedForm
from records.turns import SENDER, Busy, Spent

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


class Taken(list):
    """The photographs that could be taken; `problems` is a sentence for each file that could not.

    `waiting` are the files that found no free place to be cleaned: the scheduler cleans them in their turn.
    """

    problems = waiting = ()

    def __bool__(self):
        return bool(len(self) or self.waiting)


class Photographs(forms.FileField):
    """Several photographs at once, each cleaned; good ones are kept, and only where none is good the form comes back."""

    widget = SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"})

    def clean(self, value, initial=None):
        uploads = [upload for upload in (value if isinstance(value, (list, tuple)) else [value]) if upload]
        if len(uploads) > MOST_PHOTOGRAPHS:
            raise forms.ValidationError(_("Send at most %(n)d photographs at once.") % {"n": MOST_PHOTOGRAPHS})
        try:
            pictures, problems = clean_all(uploads)
        except Spent:
            raise forms.ValidationError(
                _("You have sent a great many photographs. What you wrote is kept: send these in an hour.")
            ) from None
        except Busy:
            return _to_wait(uploads)
        if problems and not pictures:
            raise forms.ValidationError(problems)
        taken = Taken(pictures)
        taken.problems = problems
        return taken


def _to_wait(uploads):
    """What finds no free place, for the scheduler; what is plainly too large, or too many, is refused now."""
    sender = request_cache.cached(SENDER, lambda: None)
    if Upload.objects.waiting().filter(observation__author=sender).count() + len(uploads) > MOST_WAITING:
        raise forms.ValidationError(
            _("Many photographs of yours are still on their way. What you wrote is kept: send these in a few minutes.")
        )
    taken = Taken()
    taken.waiting = [upload for upload in uploads if upload.size <= MOST_BYTES]
    taken.problems = [sentence("large", called(upload)) for upload in uploads if upload.size > MOST_BYTES]
    if taken.problems and not taken.waiting:
        raise forms.ValidationError(taken.problems)
    return taken


def telling(label, *, rows=2, most=2000, **more):
    """A field for words that nobody has to write; `most` letters."""
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), max_length=most, **more
    )


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


class Page(SubmittedForm):
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
    words = telling(
        _("What happened?"),
        rows=5,
        most=10_000,
        help_text=_("Write as you would tell it at the door. Name no other child."),
    )
    child_says = telling(_("In the child's own words"))
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
    next_step = telling(_("What next?"), help_text=_("What you will offer, or look for. The family can answer."))
    home_idea = telling(
        _("An idea for home"),
        help_text=_("Something small that needs nothing bought. The family can tell what they made of it."),
    )

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

    words = telling(
        _("Words for this family only"), rows=3, most=10_000, help_text=_("They stand in place of the common words.")
    )


class Why(forms.Form):
    """The reason for taking back or correcting."""

    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        error_messages={"required": _("Write why in a few words. Colleagues can read it; families cannot.")},
    )


class Correction(AsksAboutNames):
    """What was shared, to be put right."""

    words = telling(_("What happened?"), rows=5, most=10_000)
    child_says = telling(_("In the child's own words"))
    next_step = telling(_("What next?"))
    home_idea = telling(_("An idea for home"))

    def __init__(self, *args, page, **kwargs):
        """`page` is what is corrected: where several children are on it, each may have words of their own."""
        self.page, self.children = page, list(page.children.order_by("known_as", "pk"))
        own = {each.child_id: each.words for each in page.own_words.all()}
        initial = {name: getattr(page, name) for name in TOLD}
        super().__init__(*args, initial=initial, **kwargs)
        for number, child in enumerate(self.children if len(self.children) > 1 or own else []):
            label = _("Words for %(name)s's family only") % {"name": child.known_as}
            self.fields[f"own_{number}"] = telling(
                label,
                rows=3,
                most=10_000,
                initial=own.get(child.pk, ""),
                help_text=_("Empty: they read the common words."),
            )
        self.fields["why"] = Why().fields["why"]

    def said(self):
        """The common words, by field."""
        return {name: self.cleaned_data[name] for name in TOLD}

    def own_words(self):
        """{child: their own words}, of those who have some."""
        words = {child: self.cleaned_data.get(f"own_{n}", "").strip() for n, child in enumerate(self.children)}
        return {child: own for child, own in words.items() if own}

    def clean(self):
        said = super().clean()
        says = said.get("words", "").strip() or said.get("child_says", "").strip() or self.page.photographs.exists()
        if not says and len(self.own_words()) < len(self.children) and set(self.errors) <= {"names_stay"}:
            words = _("Then nothing would stand here. To take the page back, press “Take it back” on the page itself.")
            self.add_error("words", words)
        return said


class FromHome(SubmittedForm):
    """A page of the journal by the family."""

    photographs = Photographs(
        label=_("Photographs"),
        required=False,
        help_text=_("Straight from your phone; we remove where and when they were taken."),
    )
    words = telling(_("What did you see at home?"), rows=5, most=10_000)
    child_says = telling(
        _("Your child's own words"), help_text=_("What your child said about it, as it was said and in any language.")
    )

    def clean(self):
        page = super().clean()
        says = page.get("words", "").strip() or page.get("child_says", "").strip()
        if not says and not page.get("photographs") and not self.errors:
            self.add_error("words", _("Write a sentence or choose a photograph."))
        return page


class Say(AsksAboutNames, SubmittedForm):
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
    answers = None  # it is said to everybody in the journal

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


class Answer(AsksAboutNames, SubmittedForm):
    """What staff answer to a comment of the family; a form of its own under it."""

    words = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        error_messages={"required": _("Write what you would like to answer.")},
    )

    def __init__(self, *args, to, **kwargs):
        super().__init__(*args, auto_id=f"id_answer_{to.pk}_%s", **kwargs)
        self.answers = to


class Finding(forms.Form):
    """What somebody looks for in a journal. What cannot be understood is as if it were not asked, but for a wrong month."""

    q = forms.CharField(required=False, max_length=200)
    month = forms.RegexField(r"^[12][0-9]{3}-(0[1-9]|1[0-2])$", required=False)
    area = forms.ChoiceField(required=False, choices=Area.choices)

    def asked(self):
        """The understood ones of the three, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def names_no_month(self) -> bool:
        """Whether a month is asked for that no calendar has."""
        return "month" in self.errors
