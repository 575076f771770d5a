"""Words for what is kept as a short mark."""

from django import template

from people.looking import KINDS

register = template.Library()


@register.filter
def kind_of_record(kind):
    """What was looked at, in words: "journal" -> "The learning journal"."""
    return KINDS.get(kind, "")
