"""Fields and wording of complaints; they check and never save."""

from dataclasses import dataclass

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from people.accounts.models import Person
from people.accounts.name_fields import NameInput
from people.families.models import Child
from portal.complaints.models import AboutLeaders, Category, Step
from records.submitted import SubmittedForm

CHOOSE = {"required": _("Choose one of the answers.")}


class Start(forms.Form):
    """The two questions that decide who is told."""

    NOBODY, SOMEBODY_ELSE, RATHER_NOT = "nobody", "somebody_else", "rather_not"

    child_at_risk = forms.TypedChoiceField(
        label=_("Is a child at risk of harm now?"),
        choices=[("no", _("No")), ("yes", _("Yes, or I am not sure"))],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    concerns = forms.MultipleChoiceField(
        label=_("Whom is it about?"),
        help_text=_(
            "Tick everybody it is about. They will not see what you write, now or later. If it is about the manager or "
            "the deputy, or you would rather not say, neither of them will."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick one of these, or several.")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person, _words in people}
        self.fields["concerns"].choices = [
            (self.NOBODY, _("Nobody in particular")),
            *((str(person.pk), f"{person.full_name} · {words}") for person, words in people),
            (self.SOMEBODY_ELSE, _("Somebody else who works here")),
            (self.RATHER_NOT, _("I would rather not say")),
        ]

    def clean_concerns(self):
        chosen = self.cleaned_data["concerns"]
        if self.NOBODY in chosen and len(chosen) > 1:
            raise forms.ValidationError(
                _("Tick either “Nobody in particular” or whom it is about. Both together leave us in doubt.")
            )
        return chosen

    def chosen(self):
        """What was chosen on the page, as the next one takes it over."""
        chosen = self.cleaned_data["concerns"]
        return Chosen(
            at_risk=self.cleaned_data["child_at_risk"] == "yes",
            about_leaders=AboutLeaders.RATHER_NOT if self.RATHER_NOT in chosen else AboutLeaders.NO,
            concerned=tuple(self.people[key] for key in chosen if key in self.people),
            asks_who=self.SOMEBODY_ELSE in chosen,
        )


@dataclass(frozen=True)
class Chosen:
    """What the two questions were answered with. The writing page carries it signed, so that it holds until it is sent."""

    SALT = "complaints.chosen"

    at_risk: bool
    about_leaders: str
    concerned: tuple = ()
    asks_who: bool = False

    def signed_for(self, complainant, about_leaders):
        """The same as a signed word; `about_leaders` is what it means today, whoever leaves an office meanwhile."""
        people = [one.pk for one in self.concerned]
        return signing.dumps(
            [complainant.pk, self.at_risk, str(about_leaders), people, self.asks_who], salt=self.SALT, compress=True
        )

    @classmethod
    def carried_by(cls, word, complainant):
        """What such a word of this complainant's says, or None."""
        try:
            whose, at_risk, about_leaders, people, asks_who = signing.loads(word, salt=cls.SALT)
        except signing.BadSignature:
            return None
        if whose != complainant.pk:
            return None
        return cls(at_risk, about_leaders, tuple(Person.objects.filter(pk__in=people).order_by("pk")), asks_who)


class Write(SubmittedForm):
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
    somebody_else = NameInput(
        label=_("Who else is it about?"),
        help_text=_("Their name, as far as you know it. They will not see what you write, now or later."),
        required=False,
        max_length=150,
    )
    chosen = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["somebody_else"]

    def __init__(self, *args, children, asks_who, chosen, **kwargs):
        super().__init__(*args, initial={"chosen": chosen}, **kwargs)
        self.fields["child"].queryset = children
        if not asks_who:
            del self.fields["somebody_else"]


class Answer(SubmittedForm):
    """A step by those who handle it."""

    kind = forms.ChoiceField(
        label=_("What is this?"), choices=Step.Kind.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    words = forms.CharField(
        label=_("Words"), required=False, widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000
    )

    def clean(self):
        step = super().clean()
        if not self.errors and step["kind"] != Step.Kind.ACKNOWLEDGED and not step["words"].strip():
            self.add_error("words", _("Write the words that go with it."))
        return step
