"""The list of procedures: all of them where a reader can still look through them, else one section at a time."""

from dataclasses import dataclass

from procedures.outline import sections_of

AT_ONCE = 100


@dataclass
class Row:
    """As much of a procedure as its section needs to know."""

    pk: int
    code: str
    section: str


def contents(pages, asked=""):
    """{"sections": with their procedures, "others": the sections to choose from where there are too many for one page}."""
    rows = [Row(*each) for each in pages.values_list("pk", "code", "section")]
    if len(rows) <= AT_ONCE:
        return {"sections": sections_of(pages.defer("body", "in_short", "other_words")), "others": []}
    sections = sections_of(rows)
    open_now = next((each for each in sections if each.number == asked), sections[0])
    numbers = [row.pk for row in open_now.procedures]
    shown = sections_of(pages.filter(pk__in=numbers).defer("body", "in_short", "other_words"))
    return {"sections": shown, "others": sections}
