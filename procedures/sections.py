"""What the sections of an import are called: what is in use here, what its documents say, and what to ask with."""

from dataclasses import dataclass, field

from procedures.actions import section_name
from procedures.models import ProcedurePage


@dataclass
class Asked:
    """One section of an import: its number, a name to begin with, and what the documents call it."""

    number: int
    name: str = ""
    said: list = field(default_factory=list)


def number_of(code: str) -> int:
    """Return the number of the section in which a code stands: 10 for "10.02", 0 where there is no code yet."""
    number = code.partition(".")[0]
    return int(number) if number.isdecimal() else 0


def sections_to_ask(files) -> list:
    """Return an Asked for each section of these (code, section as the document says it), in the order of their numbers.

    A section begins with the name that it has here already, else with the one that all documents give it. Where those
    disagree it begins empty: nobody but the editor knows which is right.
    """
    found = {}
    for code, said in files:
        if number := number_of(code):
            asked = found.setdefault(number, Asked(number))
            name = section_name(said or "")
            if name and name not in asked.said:
                asked.said.append(name)
    here = names_here()
    for number, asked in found.items():
        asked.name = here.get(number) or (asked.said[0] if len(asked.said) == 1 else "")
    return [found[number] for number in sorted(found)]


def names_here() -> dict:
    """Return {number: name} of the sections of the pages here; the first page with a name tells it, as for readers."""
    found = {}
    named = ProcedurePage.objects.exclude(section="").order_by("-live", "sort_key", "pk")
    for code, name in named.values_list("code", "section"):
        found.setdefault(number_of(code), name)
    return found
