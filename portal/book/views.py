"""The book of a child's journal: ask for it, see how far it is, take it home. Each reader meets only their own."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.accounts.proof import fresh_proof
from people.families.access import Level
from people.families.models import Child
from people.features import pages_of_child, where_pages_are_read
from people.setting.roles import in_words
from portal.book import actions
from portal.book.contents import Period, periods
from portal.book.models import Book
from portal.book.rules import may_still_be_opened
from records.access_log import log_access

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
            book = actions.ask_for_book(child, chosen, by=request.user)
            return redirect("book:one", child_id=child.pk, book_id=book.pk)
        messages.error(request, _("Choose one of the times below."))
        return redirect("book:choose", child_id=child.pk)
    books = [
        {"row": book, "words": Period(book.period).words}
        for book in Book.objects.visible_to(request.user).filter(child=child)
    ]
    shown = {
        "child": child,
        "choices": choices,
        "books": books,
        "leaving": child.ends_on,
        "back": where_pages_are_read(child),
    }
    return render(request, "book/choose.html", shown)


@require_safe
def one(request, child_id, book_id):
    """How far the book is, and once it is made the ways to take it home."""
    found = _own_book(request, child_id, book_id)
    there = all(actions.file_of(found, kind).is_file() for kind in NAMES)
    opens = there and may_still_be_opened(found)
    shown = {
        "book": found,
        "child": found.child,
        "period": Period(found.period).words,
        "opens": opens,
        "sizes": {kind: actions.file_of(found, kind).stat().st_size for kind in NAMES} if opens else {},
    }
    response = render(request, "book/one.html", shown)
    if found.is_under_way:
        response["Refresh"] = "3"  # the browser asks again by itself, also without script
    return response


@require_safe
@fresh_proof
def take(request, child_id, book_id, kind):
    """One file of the book, if all that is in it may still be read."""
    found = _own_book(request, child_id, book_id)
    if kind not in NAMES:
        raise Http404
    path = actions.file_of(found, kind)
    if not path.is_file() or not may_still_be_opened(found):
        return redirect("book:one", child_id=child_id, book_id=book_id)
    for label, source in pages_of_child().items():
        if label in found.holds:
            log_access(request.user, found.child, source.access_log_kind, role=in_words(request.user))
    name, media_type = NAMES[kind]
    response = FileResponse(open(path, "rb"), content_type=media_type)  # noqa: SIM115  the response closes it
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
