"""The start of term in an afternoon: families from a spreadsheet, then everybody invited from one page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.accounts import actions_invitations, printing
from people.accounts.asking_first import ask_first, asks_and_does
from people.accounts.views_door import _drawn
from people.families import actions_term, arrivals, forms_term, rules, spreadsheets
from people.families.models import FamilyList
from records.refused import ActionRefused

KINDS = {
    "csv": ("text/csv; charset=utf-8", spreadsheets.template_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", spreadsheets.template_xlsx),
}


def _only_keepers(request):
    if not rules.may_keep_families(request.user):
        raise ActionRefused(_("This page is for the people who keep the families' records."))


def choose_list(request):
    """Choose a spreadsheet of families; its rows are shown before anything is written."""
    _only_keepers(request)
    form = forms_term.ChooseList(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sheet, name = form.sheet, form.cleaned_data["file"].name
        kept = actions_term.keep_list(
            sheet.lines, name, by=request.user, remarks=sheet.remarks, readings=sheet.readings
        )
        return redirect("people:look_at_list", list_id=kept.pk)
    waiting = FamilyList.objects.visible_to(request.user).filter(done_at__isnull=True).first()
    return render(request, "people/choose_list.html", {"form": form, "waiting": waiting})


def template(request, kind):
    """The empty list to fill in."""
    _only_keepers(request)
    content_type, made = KINDS[kind]
    return HttpResponse(
        made(), content_type=content_type, headers={"Content-Disposition": f'attachment; filename="families.{kind}"'}
    )


def look_at_list(request, list_id):
    """The dry run: what would become of every row. Sent (POST), the good rows come in."""
    waiting = get_object_or_404(FamilyList.objects.visible_to(request.user), pk=list_id)
    if waiting.readings:
        return _choose_reading(request, waiting)
    if request.method == "POST" or waiting.done_at:
        return _brought_in(request, waiting)
    return _shown(request, waiting, actions_term.rows_of(waiting))


def _shown(request, waiting, rows):
    groups = {
        "refused": [row for row in rows if row.problems],
        "asking": [row for row in rows if row.asks],
        "good": [row for row in rows if row.is_good],
    }
    return render(request, "people/look_at_list.html", {"waiting": waiting, "rows": rows, **groups})


def _choose_reading(request, waiting):
    """The letters of this file can be read in more than one way: whoever knows the families says which is right."""
    form = forms_term.ChooseReading(request.POST if request.method == "POST" else None, readings=waiting.readings)
    if request.method == "POST" and form.is_valid():
        actions_term.choose_reading(waiting, form.cleaned_data["reading"], by=request.user)
        return redirect("people:look_at_list", list_id=waiting.pk)
    return render(request, "people/choose_reading.html", {"form": form, "waiting": waiting})


def _brought_in(request, waiting):
    done = actions_term.bring_in(waiting, by=request.user, right=request.POST.getlist("right"))
    if done is None:
        messages.info(request, _("This list was brought in already; nothing came in twice."))
        return redirect("people:invite_all")
    children, adults, left_out = done
    came = ngettext("%(n)d child came in", "%(n)d children came in", children) % {"n": children}
    with_them = ngettext("with %(n)d adult", "with %(n)d adults", adults) % {"n": adults}
    messages.success(request, f"{came}, {with_them}.")
    if left_out:
        numbers = ", ".join(row.called for row in left_out)
        messages.warning(request, _("Left out, because they were refused or not ticked: %(rows)s.") % {"rows": numbers})
    return redirect("people:invite_all")


@asks_and_does
def drop_list(request, list_id):
    """Throw a list away without bringing anything in."""
    waiting = get_object_or_404(FamilyList.objects.visible_to(request.user), pk=list_id)
    if request.method != "POST":
        says = [
            _("Nothing of it is written. What you ticked and joined goes with it; the file on your computer stays.")
        ]
        title = _("Throw the list “%(name)s” away?") % {"name": waiting.file_name}
        return ask_first(request, title, says, _("Yes, throw it away"), reverse("people:choose_list"))
    actions_term.drop_list(waiting, by=request.user)
    messages.success(request, _("The list is gone. Nothing of it was written."))
    return redirect("people:choose_list")


def invite_all(request):
    """Everybody who has not arrived: invite them by mail, or print their letters."""
    _only_keepers(request)
    waiting = arrivals.who_waits(request.user)
    form = forms_term.InviteMany(request.POST or None, waiting=waiting)
    chosen = {one.person.pk for one in waiting if not one.has_open_one}
    if request.method == "POST":
        if form.is_valid():
            way = _by_letter if form.cleaned_data["how"] == "letter" else _by_mail
            return way(request, form.cleaned_data["people"])
        chosen = {int(number) for number in request.POST.getlist("people") if number.isdecimal()}
    return render(request, "people/invite_all.html", {"form": form, "waiting": waiting, "chosen": chosen})


def _by_mail(request, people):
    sent = actions_term.invite_by_mail(people, by=request.user)
    on_their_way = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", sent)
    messages.success(request, on_their_way % {"n": sent})
    if without := len(people) - sent:
        words = ngettext(
            "%(n)d person has no address for mail. Print a letter for them.",
            "%(n)d people have no address for mail. Print letters for them.",
            without,
        )
        messages.warning(request, words % {"n": without})
    return redirect("people:invite_all")


def _by_letter(request, people):
    made = actions_term.invite_by_letter(people, by=request.user)
    return letter_page(request, "people/letters.html", made)


def letter_page(request, template, made):
    """A page of printed letters, (person, invitation, link, word) each; this browser cannot use them."""
    actions_invitations.printed_in(
        [invitation for _person, invitation, _link, _word in made], printing.hash_of(printing.mark_of(request))
    )
    letters = [as_letter(*one) for one in made]
    return printing.keep_mark(
        request, render(request, template, {"letters": letters, "letter": letters and letters[0]})
    )


def as_letter(person, invitation, link, word):
    """What stands on a printed letter. Nothing of it is kept anywhere."""
    code = link.rstrip("/").rsplit("/", 1)[1]
    spaced = " ".join(code[at : at + 4] for at in range(0, len(code), 4))
    return {
        "person": person,
        "link": link,
        "address": link.removesuffix(f"{code}/").split("://", 1)[
            1
        ],  # as configured, whatever host the browser asked for
        "code": spaced,
        "word": word,
        "square": _drawn(link),
        "invitation": invitation,
    }
