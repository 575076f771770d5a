"""The setting's own words in what editors write: {parents}, {setting} and the like, filled in wherever it is read."""

import re

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from people.setting.models import Setting

PLACES = {
    "setting": "short_name",
    "parents": "word_for_parents",
    "journal": "journal_name",
}
PLACE = re.compile(r"\{(" + "|".join(PLACES) + r")\}", re.IGNORECASE)
EXPLAINED = _("{setting}, {parents} and {journal} become your setting's own words wherever this is read.")


def in_our_words(thing, setting=None, *, escaped=False):
    """A text, or a list or dictionary with texts in it, with the setting's words; {Parents} begins with a capital."""
    if isinstance(thing, str) and "{" not in thing:
        return thing
    setting = setting or Setting.now()
    if isinstance(thing, str):
        return PLACE.sub(lambda found: escape(_word(found[1], setting)) if escaped else _word(found[1], setting), thing)
    if isinstance(thing, list):
        return [in_our_words(each, setting) for each in thing]
    if isinstance(thing, dict):
        return {name: in_our_words(value, setting) for name, value in thing.items()}
    return thing


def _word(place, setting):
    word = str(getattr(setting, PLACES[place.lower()]))
    return word[:1].upper() + word[1:] if place[:1].isupper() else word
