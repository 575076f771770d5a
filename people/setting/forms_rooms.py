"""Fields and wording of rooms and sessions; they check and never save."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.form_fields import day
from people.accounts.models import Person
from people.setting.models import Room, Session
from people.setting.role_holders import people_with
from people.setting.roles import Right


class RoomName(forms.ModelForm):
    class Meta:
        model = Room
        fields = ["name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages |= {
            "required": _("Type the name of the room."),
            "unique": _("There is a room of this name already. Choose another name."),
        }


class PlaceInRoom(forms.Form):
    """Who works in a room, from when to when."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who"),
        empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose who works in this room.")},
    )
    starts_on = day(_("From"), required=False, help_text=_("Leave it empty for today."))
    ends_on = day(_("Last day"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_with(Right.SEE_CHILDREN)

    def clean(self):
        facts = super().clean()
        first, last = facts.get("starts_on") or timezone.localdate(), facts.get("ends_on")
        if last and last < first:
            self.add_error("ends_on", _("The last day lies before the first. Choose a later one."))
        return facts


class WeeklySession(forms.ModelForm):
    """When a child comes in an ordinary week."""

    class Meta:
        model = Session
        fields = ["weekday", "starts_at", "ends_at", "starts_on"]
        labels = {"starts_on": _("Beginning with")}
        widgets = {
            "starts_at": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "ends_at": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }

    starts_on = day(_("Beginning with"), required=False, help_text=_("Leave it empty for today."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "ends_at"):
            self.fields[name].error_messages |= {
                "required": _("Type a time like 09:00."),
                "invalid": _("Type a time like 09:00."),
            }

    def clean(self):
        facts = super().clean()
        begins, ends = facts.get("starts_at"), facts.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("The session ends before it begins. Choose a later time."))
        return facts
