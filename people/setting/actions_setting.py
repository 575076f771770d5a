"""Actions of the setting: its facts, its first room."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from people.setting import actions_checking, roles
from people.setting.models import Room, Setting
from records import audit
from records.refused import ActionRefused

if TYPE_CHECKING:
    from people.accounts.models import Person
    from people.setting.forms import SettingForm


@transaction.atomic
def keep_setting(form: "SettingForm", *, by: "Person") -> Setting:
    """Change the setting's facts."""
    if not roles.has_right(by, roles.Right.KEEP_SETTING):
        raise ActionRefused(_("Only the manager or the deputy changes the setting's facts."))
    setting: Setting = form.save()
    actions_checking.match_checking(setting.pages_are_checked)
    audit.record("people.setting_changed", setting, by=by)
    return setting


def first_setting(**facts: Any) -> Setting:
    """The one row of the setting's facts, made when the program is first started."""
    return Setting.objects.first() or Setting.objects.create(**facts)


def first_room(name: str) -> Room:
    """The room of a setting that has just begun."""
    return Room.objects.get_or_create(name=name)[0]
