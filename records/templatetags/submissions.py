"""The random number of a form that is to be sent once."""

import uuid

from django import template
from django.utils.html import format_html

from records.submissions import FIELD

register = template.Library()


@register.simple_tag
def submission_key() -> str:
    """A hidden field with a fresh random number, for the forms of views with `submitted_once`."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid.uuid4())
