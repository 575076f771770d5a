"""Forms of the start of term: a spreadsheet, and whom to invite."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.accounts.models import Person
from people.families import spreadsheets


class ChooseList(forms.Form):
    file = forms.FileField(
        label=_("The filled-in list"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file, at most 2 MB and 500 rows. Nothing is written yet."),
        allow_empty_file=True,
        error_messages={"required": _("Choose the list that you filled in.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    def clean_file(self):
        """The file's rows, read."""
        file = self.cleaned_data["file"]
        try:
            self.sheet = spreadsheets.read(file.read(spreadsheets.MOST_BYTES + 1))
        except spreadsheets.Unreadable as why_not:
            raise forms.ValidationError(str(why_not)) from why_not
        return file


class ChooseReading(forms.Form):
    """Which of several readings of a file's letters has the names right."""

    reading = forms.TypedChoiceField(
        label=_("Which of these are the names as they are written?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the line in which every name is right.")},
    )

    def __init__(self, *args, readings, **kwargs):
        super().__init__(*args, **kwargs)
        names = [names_with_accents(rows) for _encoding, rows in readings]
        self.fields["reading"].choices = [(number, ", ".join(them)) for number, them in enumerate(names)]


def names_with_accents(rows):
    """The words of these rows with letters beyond the English ones: by them one sees which reading is right."""
    found = dict.fromkeys(words for row in rows for words in row["cells"].values() if not words.isascii())
    return list(found)[:8]


class InviteMany(forms.Form):
    """Whom to invite, and how."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), error_messages={"required": _("Choose at least one person.")}
    )
    how = forms.ChoiceField(
        choices=[("mail", ""), ("letter", "")],
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose: by e-mail, or printed letters.")),
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = Person.objects.filter(pk__in=[one.person.pk for one in waiting])
        self.fields["people"].error_messages["invalid_choice"] = _(
            "Somebody of these has arrived meanwhile. Look again."
        )
