from django import template
from django.utils.html import format_html

from people.accounts.began import BEGAN, digest_of

register = template.Library()


@register.simple_tag
def began_with(field):
    """The hidden field that says what stood in this one, for people/accounts/held.py; nothing where it was empty."""
    if getattr(field.field.widget, "input_type", "") in ("file", "password"):
        return ""
    sign = digest_of(getattr(field.initial, "pk", field.initial))
    return format_html('<input type="hidden" name="{}" value="{}:{}">', BEGAN, field.html_name, sign) if sign else ""
