"""One box for all words of the setting: procedures, pages of information, and who else can help."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home import finding
from procedures.search import SHOWN, close_words, find
from records.finding import terms_of

LONGEST_QUESTION = 200


@login_not_required  # public words; each list asks who is reading
@require_safe
def search(request):
    """What these words find for this reader. The words are kept nowhere."""
    asked = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    terms = terms_of(asked)
    number = request.GET.get("page", "1")
    page_number = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    found = find(request.user, terms, request, start=(max(page_number, 1) - 1) * SHOWN)
    others = finding.find(request.user, terms, request) if page_number <= 1 else []
    nothing = bool(asked) and not found.number and not others
    shown = {
        "asked": asked,
        "found": found,
        "others": others,
        "number": found.number + len(others),
        "pages": Paginator(range(found.number), SHOWN).get_page(page_number),
        "nothing": nothing,
        "close": close_words(request.user, asked) if nothing else [],
    }
    response = render(request, "search/results.html", shown)
    response["Referrer-Policy"] = "no-referrer"  # what somebody looks for is nobody else's business
    return response
