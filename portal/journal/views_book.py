"""The book of a child's journal: ask for it, see how far it is, take it home. Each reader meets only their own."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.models import Child, Level
from people.proof import fresh_proof
from people.roles import in_words
from portal.journal import actions_book
from portal.journal.book import Period, may_still_be_opened, periods
from portal.journal.models import Book
from records.looks import looked

NAMES = {  # neutral ones: they stay in a phone's list of downloads
    "screen": ("book.pdf", "application/pdf"),
    "print": ("book-to-print.pdf", "application/pdf"),
    "archive": ("book.zip", "application/zip"),
}


def _own_child(request, child_id):
    return get_object_or_404(Child.objects.as_family_of(request.user, at_least=Level.PARTICIPATE), pk=child_id)


def _own_book(request, child_id, book_id):
    books = Book.objects.visible_to(request.user).select_related("child", "asked_by")
    return get_object_or_404(books, pk=book_id, child=child_id)


def choose(request, child_id):
    """Which time the book is to be of; asking for it is a press."""
    child = _own_child(request, child_id)
    choices = periods(child, request.user)
    if request.method == "POST":
        chosen = request.POST.get("period", "")
        if chosen in {each.code for each in choices}:
            book = actions_book.ask_for_book(child, chosen, by=request.user)
            return redirect("journal:book", child_id=child.pk, book_id=book.pk)
        messages.error(request, _("Choose one of the times below."))
        return redirect("journal:choose_book", child_id=child.pk)
    books = [
        {"row": book, "words": Period(book.period).words}
        for book in Book.objects.visible_to(request.user).filter(child=child)
    ]
    shown = {"child": child, "choices": choices, "books": books, "leaving": child.ends_on}
    return render(request, "journal/choose_book.html", shown)


@require_safe
def book(request, child_id, book_id):
    """How far the book is, and once it is made the ways to take it home."""
    found = _own_book(request, child_id, book_id)
    there = all(actions_book.file_of(found, kind).is_file() for kind in NAMES)
    opens = there and may_still_be_opened(found)
    shown = {
        "book": found,
        "child": found.child,
        "period": Period(found.period).words,
        "opens": opens,
        "sizes": {kind: actions_book.file_of(found, kind).stat().st_size for kind in NAMES} if opens else {},
    }
    response = render(request, "journal/book.html", shown)
    if found.is_under_way:
        response["Refresh"] = "3"  # the browser asks again by itself, also without script
    return response


@require_safe
@fresh_proof
def take_book(request, child_id, book_id, kind):
    """One file of the book, if all that is in it may still be read."""
    found = _own_book(request, child_id, book_id)
    if kind not in NAMES:
        raise Http404
    path = actions_book.file_of(found, kind)
    if not path.is_file() or not may_still_be_opened(found):
        return redirect("journal:book", child_id=child_id, book_id=book_id)
    looked(request.user, found.child, "journal", role=in_words(request.user))
    name, media_type = NAMES[kind]
    response = FileResponse(open(path, "rb"), content_type=media_type)  # noqa: SIM115  the response closes it
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
