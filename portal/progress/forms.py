"""Fields and wording of progress checks; they check and never save."""

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from people.accounts.form_fields import DayField
from people.accounts.models import Person
from people.families.eyfs import PRIME, SPECIFIC, Area, Characteristic
from portal.progress.models import Kind, Part, WhoCompletes
from portal.progress.models.passed import RECIPIENTS
from records.submitted import SubmittedForm

LONGEST = 10_000  # letters in one box
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]
WRITE_THE_DAY = _("Write the date as day/month/year, for example 30/11/2026.")
YES_NO = [("no", _("No")), ("yes", _("Yes"))]


class Day(forms.DateInput):
    """The browser's own day picker."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


def day(label, help_text="", required=False):
    wrong = {"invalid": WRITE_THE_DAY, "required": _("Choose a day.")}
    return DayField(
        label=label, help_text=help_text, required=required, widget=Day(), input_formats=DAYS, error_messages=wrong
    )


WHO_READS = _("Every parent who reads this check, also those who live apart, reads this.")


def box(label, help_text="", rows=3, empty=""):
    """A box for words; `empty` is said where it is needed and nothing stands in it."""
    said = {"max_length": _("This is longer than fits. Please shorten it a little."), "required": empty}
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(empty),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=said,
    )


def in_area(area, heading):
    """The sentence for a needed heading of an area without words."""
    return format_lazy("{area}: {heading}", area=Area(area).label, heading=heading)


class Begin(forms.Form):
    """A check or summary begins: for the manager also who writes it."""

    title = forms.CharField(
        label=_("Which term?"),
        max_length=60,
        help_text=_("For example: Autumn 2026."),
        error_messages={"required": _("Say which term it is for, for example: Autumn 2026.")},
    )
    author = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who writes it?"), error_messages={"required": _("Choose who writes it.")}
    )
    why_author = forms.CharField(
        label=_("If it is not the key person: why?"),
        required=False,
        max_length=200,
        help_text=_("For example: the key person is ill until Christmas. The reason is kept with the check."),
    )
    other_setting = forms.CharField(
        label=_("Does the child also go somewhere else, or has just come from there?"),
        required=False,
        max_length=150,
        help_text=format_lazy("{} {}", _("The name of the other nursery, pre-school or childminder."), WHO_READS),
    )
    completed_by = forms.ChoiceField(
        label=_("Who completes the check?"),
        choices=WhoCompletes.choices,
        initial=WhoCompletes.WE,
        widget=forms.RadioSelect,
        help_text=_("Usually the one where the child spends, or has spent, most time."),
    )

    def __init__(self, *args, kind, authors, **kwargs):
        super().__init__(*args, **kwargs)
        if authors is None:  # the key person herself
            del self.fields["author"], self.fields["why_author"]
        else:
            self.fields["author"].queryset = authors
        if kind == Kind.AT_TWO:
            del self.fields["title"]
        else:
            del self.fields["other_setting"], self.fields["completed_by"]

    def clean(self):
        given = super().clean()
        if given.get("completed_by") == WhoCompletes.THEY and not given.get("other_setting", "").strip():
            self.add_error("other_setting", _("Say which setting completes it."))
        return given


class Time(forms.Form):
    """What was agreed with the parents about the time, and by when their parts are hoped for."""

    agreed_on = day(_("On which day did you agree this?"), required=True)
    planned_for = day(_("When will you talk about it?"), _("The day on which a summary is most useful to the family."))
    parts_by = day(_("Parents' parts, please, by"), _("At least a week from now, so that everybody has time."))

    def clean_agreed_on(self):
        agreed_on = self.cleaned_data["agreed_on"]
        if agreed_on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Write the day on which you agreed it."))
        return agreed_on


class OwnPart(forms.Form):
    """One adult's own part: everything in a parent's words, nothing needed."""

    enjoys = box(_("What does your child enjoy at the moment?"), _("Games, songs, places, people."))
    proud_of = box(_("What are you proud of?"), _("Something small is just right."))
    words = box(
        _("How does your child tell you things?"),
        _("Words in any language, sentences, pointing, pulling you along. A few examples help most."),
    )
    daily = box(_("Sleep, eating and health"), _("How it goes, and anything that has changed."))
    worries = box(_("Does anything worry you?"), _("However small. We will talk about it with you."))
    hopes = box(_("What do you hope for next?"))
    health_visitor_on = day(
        _("Date of the health visitor's review at two"),
        _("If there is one, past or to come. It stands in the red book."),
    )

    def typed(self):
        """Everything as it was typed, as far as it can be kept: a day that is none yet stays out."""
        found = {name: self.data.get(name, "").replace("\r\n", "\n").replace("\0", "").strip() for name in Part.WORDS}
        found = {name: words[:LONGEST] for name, words in found.items()}
        return found | {"health_visitor_on": getattr(self, "cleaned_data", {}).get("health_visitor_on")}


def area_field(area, name):
    return f"{area}-{name}"


WORDS = ("child_says", "languages", "learns", "others_say", "summary", "next_steps", "home_ideas")
HEADINGS = [  # name, label, hint, what is said where it is needed and empty
    ("can", _("What I can do"), "", _("what I can do is still empty.")),
    ("well", _("Where I am progressing well"), "", _("where I am progressing well is still empty.")),
    (
        "support",
        _("Where some more support helps me"),
        _("If nothing does at present, say so."),
        _("where some more support helps me is still empty. If nothing does, say so."),
    ),
]


class Written(forms.Form):
    """What the setting writes. Nothing is required here: what is still empty is said when it is to be ready."""

    child_says = box(
        _("In the child's own voice"),
        _("What the child says or shows about being here: words, a choice, a favourite game."),
    )
    characteristics = forms.MultipleChoiceField(
        label=_("How the child learns at the moment"),
        required=False,
        choices=Characteristic.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pill"}),
    )
    learns = box(_("For example"))
    others_say = box(
        _("What other professionals say"),
        format_lazy(
            "{} {}", _("The health visitor, speech and language. Only what the parents know already."), WHO_READS
        ),
    )
    languages = forms.CharField(
        label=_("Languages at home"),
        required=False,
        max_length=200,
        help_text=format_lazy("{} {}", _("As the family tells it."), WHO_READS),
    )
    summary = box(
        _("All in all"),
        _("Two or three sentences that a tired parent understands."),
        rows=4,
        empty=_("“All in all” is still empty."),
    )
    next_steps = box(_("Next steps here"), _("What we do next, and how."), empty=_("“Next steps here” is still empty."))
    home_ideas = box(
        _("Ideas for home"), _("Things that fit into an ordinary day."), empty=_("“Ideas for home” is still empty.")
    )

    SPARE = 2  # empty lines of the plan

    def __init__(self, *args, rows=0, kind=Kind.AT_TWO, **kwargs):
        super().__init__(*args, **kwargs)
        self.prime, self.specific = (list(PRIME), list(SPECIFIC))
        for area in Area:
            self._add_area(area, needed=kind == Kind.AT_TWO and area in PRIME)
        sent = self.data.get("rows", "") if self.is_bound else ""
        self.rows = min(int(sent), 40) if sent.isascii() and sent.isdigit() and len(sent) < 4 else rows + self.SPARE
        for number in range(self.rows):
            self.fields[f"who-{number}"] = forms.CharField(label=_("Who"), required=False, max_length=150)
            self.fields[f"what-{number}"] = forms.CharField(label=_("What"), required=False, max_length=500)
            self.fields[f"by-{number}"] = forms.CharField(label=_("By when"), required=False, max_length=100)

    def _add_area(self, area, needed):
        """The headings of one area; in a check at two those of a prime area are needed, and a concern is asked for."""
        for name, label, hint, empty in HEADINGS:
            said = in_area(area, empty) if needed else ""
            self.fields[area_field(area, name)] = box(label, hint, rows=2, empty=said)
        if needed:
            self.fields[area_field(area, "concern")] = forms.ChoiceField(
                label=_("Is there a concern?"),
                help_text=_("A yes tells the SENCo and the manager. One of them looks before parents read it."),
                choices=YES_NO,
                widget=forms.RadioSelect(attrs={"class": "pill"}),
                error_messages={"required": in_area(area, _("say whether there is a concern, yes or no."))},
            )

    def sections(self, areas):
        """[(name of the area, its fields)] for these areas."""
        names = ("can", "well", "support", "concern")
        return [
            (
                Area(area).label,
                [self[area_field(area, name)] for name in names if area_field(area, name) in self.fields],
            )
            for area in areas
        ]

    def prime_sections(self):
        return self.sections(self.prime)

    def specific_sections(self):
        return self.sections(self.specific)

    def plan_rows(self):
        """The lines of the plan, each with its three fields."""
        return [[self[f"{name}-{number}"] for name in ("who", "what", "by")] for number in range(self.rows)]

    def typed(self):
        """Everything as it was typed, to be shown once more."""
        found = {name: self.data.get(name, "") for name in self.fields}
        return found | {"characteristics": self.data.getlist("characteristics")}

    def _said(self, name):
        return self.data.get(name, "").replace("\r\n", "\n").replace("\0", "").strip()[:LONGEST]

    def words(self):
        """{field: text} of the check itself, as typed."""
        known = set(Characteristic.values)
        chosen = [one for one in self.data.getlist("characteristics") if one in known]
        said = {name: self._said(name) for name in WORDS} | {"characteristics": chosen}
        return said | {"languages": said["languages"][:200]}

    def areas(self):
        """{area: what is written in it}, as typed."""
        answers = {"yes": True, "no": False}
        found = {}
        for area in Area:
            found[area.value] = {name: self._said(area_field(area, name)) for name in ("can", "well", "support")}
            found[area.value]["concern"] = answers.get(self._said(area_field(area, "concern")))
        return found

    def plan(self):
        """[(who, what, by when)] of the lines that say something."""
        found = [
            (self._said(f"who-{n}")[:150], self._said(f"what-{n}")[:500], self._said(f"by-{n}")[:100])
            for n in range(self.rows)
        ]
        return [row for row in found if any(row)]


def as_written(check):
    """What is saved, as the page would send it."""
    initial = {name: getattr(check, name) for name in (*WORDS, "characteristics")}
    for note in check.areas.all():
        initial |= {area_field(note.area, name): getattr(note, name) for name in ("can", "well", "support")}
        initial[area_field(note.area, "concern")] = {True: "yes", False: "no"}.get(note.concern)
    for row in check.plan.all():
        number = row.position
        initial |= {f"who-{number}": row.who, f"what-{number}": row.what, f"by-{number}": row.by_when}
    return initial


class Talked(forms.Form):
    """When it was discussed, and with whom."""

    held_on = day(_("On which day?"), required=True)
    adults = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("With whom?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Parents who live apart see only their own talk."),
    )
    words = box(
        _("If nobody came: what did you offer?"), _("For example: three times in October, by telephone too."), rows=2
    )

    def __init__(self, *args, adults, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["adults"].queryset = adults

    def clean_held_on(self):
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Note it when you have talked."))
        return held_on

    def clean(self):
        given = super().clean()
        if not self.errors and not given.get("adults") and not given.get("words", "").strip():
            self.add_error("adults", _("Choose with whom you talked, or say what you offered."))
        return given


class Say(SubmittedForm):
    """What a parent says after reading."""

    words = forms.CharField(
        label=_("What would you like to say about it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text=_("Your key person reads it, and it becomes part of your copy. It cannot be changed afterwards."),
        error_messages={"required": _("Write what you would like to say.")},
    )


class PassOn(SubmittedForm):
    """To whom a final check is given."""

    purpose = forms.ChoiceField(
        label=_("Who gets it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who gets it.")},
    )
    to_whom = forms.CharField(
        label=_("Name and place"),
        max_length=200,
        help_text=_("For example: Priya Shah, health visitor, Marlow clinic."),
        error_messages={"required": _("Say to whom you give it.")},
    )
    how = forms.CharField(
        label=_("How?"),
        max_length=200,
        help_text=_("For example: on paper, by hand; secure e-mail."),
        error_messages={"required": _("Say how you give it.")},
    )
    readers = forms.ChoiceField(
        label=_("Who of the family may read to whom it went, and how?"),
        widget=forms.RadioSelect,
        help_text=_("These adults are hidden from each other. A name or a place can tell where one of them lives now."),
        error_messages={"required": _("Choose whose household may read this.")},
    )
    EVERYBODY = "everybody"

    def __init__(self, *args, open_to, households=(), **kwargs):
        """`households` are adults who decide for the child, one of each household hidden from the others."""
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [(one.value, one.label) for one in RECIPIENTS if one in open_to]
        self.households = {str(adult.pk): adult for adult in households}
        if len(self.households) < 2:
            del self.fields["readers"]
            return
        only = [(pk, _("Only %(name)s's household") % {"name": one.full_name}) for pk, one in self.households.items()]
        self.fields["readers"].choices = [*only, (self.EVERYBODY, _("Everybody who decides for the child"))]

    def facts(self):
        """What the action takes."""
        facts = dict(self.cleaned_data)
        if chosen := facts.pop("readers", ""):
            facts |= {"private_to": self.households.get(chosen), "open_to_all": chosen == self.EVERYBODY}
        return facts
