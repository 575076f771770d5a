"""A form's words: the pieces an editor puts together, and the plain text that a person signs.

A piece is {"id", "type", "value"} as Wagtail stores it. Everything that is kept for years (versions, answers, hashes)
is made of these plain pieces, so that it can be read without Wagtail.
"""

import hashlib
import json
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.fields import StreamField

from documents.purposes import Purpose

QUESTIONS = ("short", "long", "yes_no", "choice", "date")
DECLARATION = gettext_lazy(
    "I have read this form. My answers are true as far as I know. Typing my name here is my signature."
)


class SlimStreamField(StreamField):
    """A StreamField that keeps its block definitions out of migrations: words may change without one."""

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class Question(blocks.StructBlock):
    question = blocks.CharBlock(max_length=300)
    help = blocks.CharBlock(max_length=400, required=False, help_text=gettext_lazy("Stands under the question."))
    needed = blocks.BooleanBlock(
        default=True, required=False, label=gettext_lazy("Must be answered before the form can be signed")
    )


class YesNo(Question):
    purpose = blocks.ChoiceBlock(
        choices=Purpose.choices,
        required=False,
        label=gettext_lazy("This answer is a permission for"),
        help_text=gettext_lazy("The portal then acts on the answer, and the family can change it later."),
    )


class Choice(Question):
    options = blocks.ListBlock(blocks.CharBlock(max_length=150), min_num=2)


def pieces():
    """What an editor can put into a form."""
    return [
        ("heading", blocks.CharBlock(max_length=150, icon="title", label=gettext_lazy("Heading"))),
        ("paragraph", blocks.TextBlock(icon="pilcrow", label=gettext_lazy("Paragraph"))),
        ("list", blocks.ListBlock(blocks.CharBlock(max_length=500), icon="list-ul", label=gettext_lazy("List"))),
        ("short", Question(icon="help", label=gettext_lazy("Question with a short answer"))),
        ("long", Question(icon="help", label=gettext_lazy("Question with a long answer"))),
        ("yes_no", YesNo(icon="help", label=gettext_lazy("Yes or no question"))),
        ("choice", Choice(icon="help", label=gettext_lazy("Question with a choice"))),
        ("date", Question(icon="date", label=gettext_lazy("Question for a date"))),
    ]


def plain(stream):
    """The pieces of a StreamField as plain JSON: lists lose Wagtail's wrapping."""
    frozen = []
    for piece in stream.get_prep_value():
        value = piece["value"]
        if piece["type"] == "list":
            value = [item["value"] for item in value]
        elif piece["type"] == "choice":
            value = {**value, "options": [option["value"] for option in value["options"]]}
        frozen.append({"id": piece["id"], "type": piece["type"], "value": value})
    return frozen


def questions(wording):
    """Only the pieces that ask something."""
    return [piece for piece in wording if piece["type"] in QUESTIONS]


def words_in(thing) -> str:
    """Every text in pieces as they are kept, however deep, each on a line of its own."""
    if isinstance(thing, dict):
        thing = list(thing.values())
    return "\n".join(words_in(each) for each in thing) if isinstance(thing, list) else str(thing)


def canonical(thing):
    """JSON in exactly one way of writing it, as bytes: what every hash of this app is taken over."""
    return json.dumps(thing, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def hash_of(thing: object) -> str:
    """SHA-256 (hex) over a text, bytes, or anything JSON can hold."""
    if isinstance(thing, str):
        thing = thing.encode()
    return hashlib.sha256(thing if isinstance(thing, bytes) else canonical(thing)).hexdigest()


def answer_in_words(piece, answer):
    """An answer as a person reads it."""
    if not answer:
        return _("No answer")
    if piece["type"] == "yes_no":
        return _("Yes") if answer == "yes" else _("No")
    if piece["type"] == "date":
        return date_format(date.fromisoformat(answer), "j F Y")
    return answer


def text_of(code, title, wording, answers=None):
    """The form in plain text, line by line; with answers where they are given."""
    lines = [f"{code} {title}".strip(), ""]
    for piece in wording:
        kind, value = piece["type"], piece["value"]
        if kind == "heading":
            lines += ["", value.upper(), ""]
        elif kind == "paragraph":
            lines += [value, ""]
        elif kind == "list":
            lines += [*(f"- {item}" for item in value), ""]
        elif kind == "told":
            lines += [value["label"], value["words"], ""]
        else:
            lines.append(value["question"])
            if value.get("help"):
                lines.append(f"({value['help']})")
            if kind == "choice":
                lines.append("[" + " / ".join(value["options"]) + "]")
            if answers is not None:
                lines.append("> " + answer_in_words(piece, answers.get(piece["id"], "")).replace("\n", "\n> "))
            lines.append("")
    return "\n".join(lines).strip() + "\n"


def signed_text(code, title, wording, answers, facts):
    """The whole of what stands above the signature: whom it is about, the form, the answers, the declaration."""
    about = [_("About: %(child)s") % {"child": facts["child"]}, _("Signed by: %(adult)s") % {"adult": facts["adult"]}]
    return "\n".join([*about, "", text_of(code, title, wording, answers), str(DECLARATION), ""])
