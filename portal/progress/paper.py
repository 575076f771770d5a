"""A copy becomes a sealed PDF: the page that people read, and the record inside it that programs read."""

import json

from django.template.loader import render_to_string
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.paper import as_told
from documents.typesetting import typesetter

RECORD_NAME = "record.json"


def page_of(copy):
    """The copy as one page of HTML."""
    pieces = [as_told(piece) if piece["type"] == "told" else _plain(piece) for piece in copy.pieces]
    days = {name: parse_date(copy.facts[name]) for name in ("born_on", "final_on")}
    with override("en-gb"):
        return render_to_string("pdf/check.html", {"copy": copy, "facts": copy.facts, "pieces": pieces, **days})


def _plain(piece):
    return {"kind": piece["type"], "value": piece["value"]}


def record_of(copy):
    """Everything the copy says, as JSON bytes."""
    said = {"what": "A progress check or summary", "copy": copy.reference, "facts": copy.facts, "words": copy.pieces}
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode()


def make(copy):
    """The sealed PDF, as bytes; the same copy gives the same bytes. Only the scheduler calls it."""
    from documents import seal

    with override("en-gb"):
        says = _("The same words as a record for programs")
    unsealed = typesetter().paper(
        page_of(copy),
        record=record_of(copy),
        record_name=RECORD_NAME,
        record_says=says,
        made_at=copy.asked_at,
        large=bool(copy.adult and copy.adult.reads_large_print),
    )
    return seal.seal(unsealed, signed_at=copy.asked_at)
