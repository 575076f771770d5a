"""What ends something asks first, on a page that names who and what; the same address does it when its button is pressed."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

asks_and_does = require_http_methods(["GET", "POST"])


def ask_first(request, title, says, button, back, carries=None):
    """The page that asks: its heading, the sentences of what will happen, the button's words, and where no leads.

    `carries` are hidden fields of its form, for words that may stand in no address.
    """
    shown = {"title": title, "says": says, "button": button, "back": back, "carries": carries or {}}
    return render(request, "ask_first.html", shown)
