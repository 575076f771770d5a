"""A signature becomes a paper: the page that people read, and the record inside it that programs read."""

import json
import unicodedata
from datetime import UTC
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents import wording
from documents.models import SignedDocument
from documents.typesetting import typesetter
from records.models import StoredFile

LONDON = ZoneInfo("Europe/London")
RECORD_NAME = "record.json"


def direction(text):
    """`rtl` where the first letter with a direction is written from the right, else `ltr`."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def record_of(signature):
    """Everything the signature says, as JSON bytes, from which its hashes can be worked out again."""
    version = signature.ask.version
    return json.dumps(
        {
            "what": "A form signed in a parent portal",
            "signature": signature.reference,
            "request": str(signature.ask_id),
            "form": {
                "code": version.code,
                "title": version.title,
                "version": version.number,
                "wording": version.wording,
            },
            "wording_sha256": version.sha256,
            **({"enclosed": signature.ask.enclosed} if signature.ask.enclosed else {}),
            "facts": signature.facts,
            "answers": signature.answers,
            "answers_sha256": signature.answers_sha256,
            "text": signature.text,
            "text_sha256": signature.text_sha256,
            "typed_name": signature.typed_name,
            "signed_at": signature.signed_at.astimezone(UTC).isoformat(),
            "proof": signature.proof,
            "sha256": signature.sha256,
        },
        ensure_ascii=False,
        indent=1,
        sort_keys=True,
    ).encode()


def answered(signature):
    """The form's pieces in order, questions with their answer in words and its writing direction."""
    for piece in signature.ask.wording:
        if piece["type"] == "told":
            yield as_told(piece)
            continue
        if piece["type"] not in wording.QUESTIONS:
            yield {"kind": piece["type"], "value": piece["value"]}
            continue
        given = signature.answers.get(piece["id"], "")
        words = wording.answer_in_words(piece, given)
        yield {
            "kind": "answer",
            "question": piece["value"]["question"],
            "help": piece["value"].get("help", ""),
            "lines": [{"words": line, "direction": direction(line)} for line in words.split("\n")],
            "direction": direction(words),
            "given": bool(given),
        }


def as_told(piece):
    """Enclosed words under their label, as an answer is shown."""
    lines = [{"words": line, "direction": direction(line)} for line in piece["value"]["words"].split("\n")]
    start = direction(piece["value"]["words"])
    return {"kind": "answer", "question": piece["value"]["label"], "lines": lines, "direction": start, "given": True}


def proof_in_words(signature):
    if "authenticator" in signature.proof:
        return _("password and a code from an authenticator app, given again at the moment of signing")
    return _("password, given again at the moment of signing")


def page_of(signature):
    """The paper as one page of HTML."""
    version = signature.ask.version
    at_home, utc = signature.signed_at.astimezone(LONDON), signature.signed_at.astimezone(UTC)
    context = {
        "signature": signature,
        "version": version,
        "facts": signature.facts,
        "born_on": parse_date(signature.facts["born_on"]),
        "pieces": list(answered(signature)),
        "declaration": wording.DECLARATION,
        "signed_in_london": at_home.replace(tzinfo=None),
        "london_zone": at_home.tzname(),
        "signed_in_utc": utc.replace(tzinfo=None),
        "proof": proof_in_words(signature),
    }
    with override("en-gb"):
        return render_to_string("pdf/form.html", context)


def make(signature):
    """The sealed PDF, as bytes. The same signature gives the same bytes as long as program, key and size are the same."""
    from documents import seal

    unsealed = typesetter().paper(
        page_of(signature),
        record=record_of(signature),
        record_name=RECORD_NAME,
        record_says=_("The signed form as a record for programs"),
        made_at=signature.signed_at,
        large=signature.ask.adult.reads_large_print,
    )
    return seal.seal(unsealed, signed_at=signature.signed_at)


def record_in(pdf):
    """The record inside a paper, as a dictionary; None where there is none that can be read."""
    from documents.sealing import attached

    try:
        return json.loads(attached(pdf, RECORD_NAME))
    except Exception:  # a stranger's file can break a reader in any way
        return None


def kept_like(pdf_sha256, record):
    """What the store says about a file: `same`, `other` where a paper of that number is kept with other bytes, `unknown`."""
    if StoredFile.objects.filter(sha256=pdf_sha256).exists():  # a paper, or a copy that another room had sealed
        return "same"
    reference = str((record or {}).get("signature", ""))[:20]
    if reference and SignedDocument.objects.filter(signature__reference=reference).exists():
        return "other"
    return "unknown"
