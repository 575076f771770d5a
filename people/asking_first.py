"""What ends something asks first, on a page that names who and what; the same address does it when its button is pressed."""

from django.shortcuts import render


def ask_first(request, title, says, button, back):
    """The page that asks: its heading, the sentences of what will happen, the button's words, and where no leads."""
    return render(request, "ask_first.html", {"title": title, "says": says, "button": button, "back": back})
