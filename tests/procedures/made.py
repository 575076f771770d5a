"""Published procedures, for tests that read them."""

from procedures.actions import keep_as_draft
from procedures.audiences import Audience
from procedures.importing import read_text
from procedures.models import ProcedurePage


def published(words, audience=Audience.EVERYONE, **facts):
    page = keep_as_draft(read_text(words))
    page.audience = audience
    for name, value in facts.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


def a_procedure(number):
    """Words of a usual length, with some that stand in every procedure and one that stands only in this."""
    promises = "\n".join(f"- Promise {n}: we look after children kindly and tell their families." for n in range(1, 9))
    return f"{number // 90 + 1:02d}.{number % 90 + 1:02d} Procedure {spelled(number)}\n\nWhat we do\n{promises}\n"


def spelled(number):
    """A word of letters for a number, so that no two procedures share a title."""
    return "q" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
