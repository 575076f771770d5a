"""Actions of the setting: its facts, its first room."""

from django.db import transaction
from django.utils.translation import gettext as _

from people.setting import actions_checking, roles
from people.setting.models import Room, Setting
from records import audit
from records.refused import ActionRefused


@transaction.atomic
def keep_setting(form, *, by):
    """Change the setting's facts."""
    if not roles.has_right(by, roles.Right.KEEP_SETTING):
        raise ActionRefused(_("Only the manager or the deputy changes the setting's facts."))
    setting = form.save()
    actions_checking.match_checking(setting.pages_are_checked)
    audit.record("people.setting_changed", setting, by=by)
    return setting


def first_setting(**facts):
    """The one row of the setting's facts, made when the program is first started."""
    return Setting.objects.first() or Setting.objects.create(**facts)


def first_room(name):
    """The room of a setting that has just begun."""
    return Room.objects.get_or_create(name=name)[0]
