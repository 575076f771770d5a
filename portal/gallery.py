"""Every component of templates/components in each of its states, for whoever builds a page; in the demo only."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING

import segno
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DAYS = [("monday", _("Monday")), ("tuesday", _("Tuesday")), ("friday", _("Friday"))]
WHY = _("A sentence that helps to answer.")


class EveryField(forms.Form):
    """One field for each way in which the component `field` draws one."""

    words = forms.CharField(label=_("A line of words"), help_text=WHY)
    optional = forms.CharField(label=_("A line that may stay empty"), required=False)
    secret = forms.CharField(label=_("A password"), widget=forms.PasswordInput(attrs={"data-show": _("Show")}))
    text = forms.CharField(label=_("Several lines"), widget=forms.Textarea(attrs={"rows": 3}))
    day = forms.DateField(label=_("A day"), widget=forms.DateInput(attrs={"type": "date"}))
    one_of_a_list = forms.ChoiceField(label=_("One of a list"), choices=[("", _("Choose one")), *DAYS])
    one = forms.ChoiceField(label=_("One of a few"), choices=DAYS, widget=forms.RadioSelect, help_text=WHY)
    several = forms.MultipleChoiceField(
        label=_("Several of a few"), choices=DAYS, widget=forms.CheckboxSelectMultiple, required=False
    )
    pills = forms.MultipleChoiceField(
        label=_("Several, as pills"), choices=DAYS, widget=forms.CheckboxSelectMultiple(attrs={"class": "pill"})
    )
    one_pill = forms.ChoiceField(
        label=_("One, as pills"), choices=DAYS, widget=forms.RadioSelect(attrs={"class": "pill"})
    )
    file = forms.FileField(label=_("A file"))
    yes = forms.BooleanField(label=_("Yes, this is so"), help_text=WHY)
    unseen = forms.CharField(widget=forms.HiddenInput, required=False)


class ShortForm(forms.Form):
    """What the component `form` is shown with: a press with nothing in it brings the error summary."""

    name = forms.CharField(label=_("A name"), help_text=WHY, error_messages={"required": _("Say what it is called.")})
    day = forms.ChoiceField(
        label=_("A day of the week"),
        choices=DAYS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a day.")},
    )
    file = forms.FileField(label=_("A file"), required=False)

    def clean(self) -> None:
        if self.errors:
            raise forms.ValidationError(_("An error of the whole form stands here."))


def components(request: HttpRequest) -> HttpResponse:
    """The gallery. Its form may be sent, and nothing is kept. Outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    full = {"words": _("Words"), "secret": "", "one": "monday", "several": ["monday", "friday"], "pills": ["tuesday"]}
    context = {
        "fields": [
            (_("Untouched"), EveryField(prefix="untouched")),
            (_("Filled in"), EveryField(prefix="filled", initial=full | {"one_pill": "friday", "yes": True})),
            (_("With errors"), EveryField({}, prefix="wrong")),
        ],
        "form": ShortForm(request.POST, request.FILES) if request.method == "POST" else ShortForm(),
        "links": _links(),
        "pages": [Paginator(range(9), 3).page(number) for number in (1, 2, 3)],
        "bars": _bars(),
        "letters": [(_letter(), False), (_letter(sign_in_as="maja.k"), True)],
        "nothing": Paginator([], 3).page(1),
    }
    return render(request, "demo/components.html", context)


def _links() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(words=words, address="#links", look=look, hidden=hidden)
        for words, look, hidden in (
            (_("The thing to do"), "", ""),
            (_("Something else"), "quiet", ""),
            (_("Small"), "quiet small", _(" for Maja")),
            (_("Something that ends"), "stop", ""),
        )
    ]


def _bars() -> "list[tuple[StrOrPromise, SimpleNamespace, bool]]":
    """(what it shows, a restriction, whether its basis is shown)."""
    plain = {
        "adult": SimpleNamespace(full_name=_("An adult")),
        "get_kind_display": _("sees nothing of this child"),
        "basis": _("An order of the family court"),
        "is_hidden": False,
        "starts_on": date(2026, 9, 1),
        "review_on": None,
        "approved_by_id": 1,
    }
    return [
        (_("For those who look after the child"), SimpleNamespace(**plain), False),
        (
            _("For those who decide, with a day of review"),
            SimpleNamespace(**plain | {"review_on": date(2027, 3, 1)}),
            True,
        ),
        (_("Not approved yet"), SimpleNamespace(**plain | {"approved_by_id": None}), True),
        (_("Its basis is hidden from this reader"), SimpleNamespace(**plain | {"is_hidden": True}), True),
    ]


def _letter(sign_in_as: str = "") -> SimpleNamespace:
    """A letter that opens nothing: its square and its words lead to this page."""
    address = f"{settings.SITE_URL}/demo/components/"
    square = segno.make(address, micro=False)
    rows = [(x, y) for y, row in enumerate(square.matrix_iter(border=2)) for x, dark in enumerate(row) if dark]
    return SimpleNamespace(
        person=SimpleNamespace(full_name=_("A parent"), sign_in_as=sign_in_as),
        address=address,
        code="abcd efgh ijkl",
        word="kettle",
        square={"size": square.symbol_size(border=2)[0], "path": "".join(f"M{x} {y}h1v1h-1z" for x, y in rows)},
        invitation=SimpleNamespace(ends_at=datetime(2026, 11, 30, 17, 30)),
    )
