"""Fields and their words. They check; they never save."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents import rules, wording
from documents.models import Form, asked_about_by_staff
from people.accounts.form_fields import DayField
from people.accounts.name_fields import NameInput
from people.accounts.proof import proof_means

DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]


class Day(forms.DateInput):
    """A day the browser helps to choose."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class AnswersForm(forms.Form):
    """The questions of one version of a form, in the editor's words."""

    def __init__(self, pieces, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pieces = pieces
        for piece in wording.questions(pieces):
            self.fields[name_of(piece)] = field_for(piece)

    def parts(self):
        """The whole form in order: words as {kind, value}, questions with their field."""
        for piece in self.pieces:
            if piece["type"] in wording.QUESTIONS:
                yield {"kind": "question", "field": self[name_of(piece)]}
            else:
                yield {"kind": piece["type"], "value": piece["value"]}

    def typed(self):
        """Everything as it was typed, whether or not it is complete, for a draft."""
        return {
            piece["id"]: self.data.get(name_of(piece), "").replace("\r\n", "\n").replace("\0", "").strip()[:10_000]
            for piece in wording.questions(self.pieces)
        }

    def answers(self):
        """The checked answers as they are kept: text, `yes` or `no`, and days as 2026-11-30."""
        kept = {}
        for piece in wording.questions(self.pieces):
            answer = self.cleaned_data[name_of(piece)] or ""
            kept[piece["id"]] = answer.isoformat() if piece["type"] == "date" and answer else str(answer)
        return {key: answer.replace("\r\n", "\n") for key, answer in kept.items()}


def name_of(piece):
    """The name of a question's field on the page."""
    return f"q-{piece['id']}"


def as_typed(answers):
    """Answers from a draft as the page would send them."""
    return {f"q-{key}": answer for key, answer in answers.items()}


def field_for(piece):
    """The form field for one question."""
    kind, value = piece["type"], piece["value"]
    common = {"label": value["question"], "help_text": value.get("help", ""), "required": bool(value.get("needed"))}
    missing = {"required": _("Please answer: %(question)s") % {"question": value["question"]}}
    if kind == "yes_no":
        options = [("yes", _("Yes")), ("no", _("No"))]
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, error_messages=missing, **common)
    if kind == "choice":
        options = [(option, option) for option in value["options"]]
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, error_messages=missing, **common)
    if kind == "date":
        missing["invalid"] = _("Write the date as day/month/year, for example 30/11/2026.")
        return DayField(widget=Day(), input_formats=DAYS, error_messages=missing, **common)
    widget = forms.Textarea(attrs={"rows": 5}) if kind == "long" else forms.TextInput()
    return forms.CharField(widget=widget, max_length=rules.LONGEST[kind], error_messages=missing, **common)


class SignForm(forms.Form):
    """The signature itself: a name, a tick, and who it really is."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    typed_name = NameInput(
        label=_("Your full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your full name to sign.")},
    )
    agreed = forms.BooleanField(
        label=wording.DECLARATION, error_messages={"required": _("Tick the box if you want to sign.")}
    )
    password = forms.CharField(
        label=_("Your password"),
        help_text=_("The one you sign in with, so that nobody else can sign for you."),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password.")},
    )
    code = forms.CharField(
        label=_("The six digits from your authenticator app"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Type the six digits that your app shows now.")},
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["typed_name"].help_text = _("As we have it: %(name)s") % {"name": person.full_name}
        if "authenticator" not in proof_means(person):
            del self.fields["code"]

    def clean_typed_name(self):
        typed = self.cleaned_data["typed_name"]
        if not rules.is_their_name(typed, self.person):
            raise forms.ValidationError(
                _("Type your name as we have it: %(name)s. If it is wrong, please tell us."),
                params={"name": self.person.full_name},
            )
        return typed


class AboutForm(forms.Form):
    """First of two steps: which form, about which child."""

    child = forms.ModelChoiceField(
        label=_("Which child is it about?"), queryset=None, error_messages={"required": _("Choose a child.")}
    )
    form = forms.ModelChoiceField(
        label=_("Which form?"), queryset=None, error_messages={"required": _("Choose a form.")}
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["child"].queryset = asked_about_by_staff(by).here()
        self.fields["child"].label_from_instance = lambda child: f"{child.known_as} ({child.full_name})"
        self.fields["form"].queryset = Form.objects.filter(in_use=True)


class WhoForm(forms.Form):
    """Second step: who signs, and by when."""

    adults = forms.ModelMultipleChoiceField(
        label=_("Who is to sign it?"),
        help_text=_("Each person gets a form of their own and sees only their own answers."),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )
    due_on = DayField(
        label=_("By when?"),
        help_text=_("A day that gives them time to read it."),
        required=False,
        widget=Day(),
        input_formats=DAYS,
        error_messages={"invalid": _("Write the date as day/month/year, for example 30/11/2026.")},
    )

    def __init__(self, *args, adults, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["adults"].queryset = adults

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return due_on
