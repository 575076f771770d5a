"""What was written in a form of Wagtail's, read without its scripts: the words for a reader, the fields to send once more."""

import json

CMS = "/cms/"
LEFT_OUT = {"csrfmiddlewaretoken", "next", "overwrite_revision_id", "loaded_revision_id", "loaded_revision_created_at"}


def texts(fields: dict[str, list[str]]) -> list[str]:
    """The words among the values, without the marks around them.

    A number or a signature has no space in it; words of a language that writes none are not of these letters.
    """
    found = [_words(value).strip() for values in fields.values() for value in values]
    return [words for words in found if words and (" " in words or not words.isascii())]


def _words(value):
    """The lines of a rich text, which its editor sends as JSON; everything else as it is."""
    if not value.startswith('{"'):
        return value
    try:
        return "\n".join(block["text"] for block in json.loads(value)["blocks"])
    except (ValueError, KeyError, TypeError):
        return value


def to_send_again(fields: dict[str, list[str]]) -> list[tuple[str, str]]:
    """(name, value) of everything that saves a draft beside whatever was saved meanwhile: no button, no earlier draft."""
    return [
        (name, value)
        for name, values in fields.items()
        for value in values
        if name not in LEFT_OUT and not name.startswith("action-")
    ]
