"""Fields and wording of the short form; they check and never save."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home import rules
from home.audiences import Audience
from home.notices import Phrase, Telling
from home.reads import Channel
from people.families.forms_mentions import AsksAboutNames
from people.setting.models import Room, Session, Weekday


def ways_to_choose(person):
    """[(value, words), …]: for whom this person may write, in the words of the door; one room is no choice."""
    allowed, today = rules.audiences_for(person), timezone.localdate()
    found = []
    if Audience.FAMILIES in allowed:
        found.append(("families", _("All our families")))
        rooms = list(Room.objects.all())
        if len(rooms) > 1:
            found += [(f"room:{room.pk}", _("Families of %(room)s") % {"room": room.name}) for room in rooms]
        days = set(Session.objects.running(today).order_by().values_list("weekday", flat=True).distinct())
        for day in Weekday if days else ():
            if day in days or day <= Weekday.FRIDAY:
                found.append((f"session:{day.value}", _("Families who come on a %(day)s") % {"day": day.label}))
        found.append(("staff", _("Only those who look after the children")))
    if Audience.COMMITTEE in allowed:
        found.append(("committee", _("Only the committee")))
    if Audience.PUBLIC in allowed:
        found.append(("public", _("Everybody: it is public")))
    return found


class Write(forms.Form):
    """A notice in two fields."""

    words = forms.CharField(
        label=_("What do you want to say?"),
        help_text=_("The first line becomes the heading. Never name a child or a family here."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write a line or two."), "max_length": _("Please keep it under 5,000 letters.")},
    )
    who = forms.ChoiceField(
        label=_("Who is it for?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may read it."), "invalid_choice": _("Choose one of these.")},
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        ways = ways_to_choose(person)
        chosen = self.initial.get("who")
        if chosen and chosen not in dict(ways):  # what an editor chose meanwhile stays
            ways.append((chosen, _("As it was chosen in Wagtail")))
        self.fields["who"].choices = ways

    def facts(self):
        """What the actions take: words, audience, rooms, weekday."""
        kind, _colon, which = self.cleaned_data["who"].partition(":")
        found = {"words": self.cleaned_data["words"], "audience": kind, "rooms": [], "weekday": None}
        if kind == Audience.ROOM:
            found["rooms"] = list(Room.objects.filter(pk=which))
        if kind == Audience.SESSION:
            found["weekday"] = int(which)
        return found


class HandIn(AsksAboutNames):
    """Nothing to fill in; it may only ask about names."""


class Publish(AsksAboutNames):
    """How those it is for hear of it."""

    telling = forms.ChoiceField(
        label=_("How do they hear of it?"),
        choices=[
            (Telling.NEW, _("By an e-mail that says there is something new")),
            (Telling.URGENT, _("It is urgent: e-mail to everybody at once, also at night")),
            (Telling.QUIET, _("No e-mail; it just stands there")),
        ],
        initial=Telling.NEW,
        widget=forms.RadioSelect,
    )
    phrase = forms.ChoiceField(
        label=_("If it is urgent, in short"),
        choices=[("", _("An urgent notice")), *Phrase.choices],
        required=False,
        help_text=_("These words stand in the e-mail itself, when the notice is for everybody or for all families."),
    )


class Told(forms.Form):
    """Who was told, and how."""

    channel = forms.ChoiceField(
        label=_("How were they told?"),
        choices=[each for each in Channel.choices if each[0] != Channel.PORTAL],
        error_messages={"required": _("Choose how they were told.")},
        widget=forms.RadioSelect,
    )
    person = forms.ModelMultipleChoiceField(
        queryset=None,
        label=_("Who was told?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one person.")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
