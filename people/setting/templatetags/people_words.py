"""Words for what is kept as a short mark."""

from django import template

from people.features import access_log_kinds
from people.setting.words import in_our_words

register = template.Library()


@register.filter
def kind_of_record(kind):
    """What was looked at, in words: "journal" -> "The learning journal"."""
    return access_log_kinds().get(kind, "")


@register.filter
def our_words(text, setting):
    """The setting's own words in an editor's plain text."""
    return in_our_words(str(text), setting)


@register.filter
def our_words_in_html(html, setting):
    """The same in an editor's rich text; a word that holds a sign of HTML does not become one."""
    return in_our_words(str(html), setting, escaped=True)
