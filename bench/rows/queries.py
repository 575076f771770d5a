"""Row 2: how many queries a page asks, with ten families and with ten thousand."""

from bench.ground import FEW, MANY
from bench.measure import counted

NUMBER = 2
PAGES = [("journal", 8), ("Today", 10), ("a page of the journal", 8), ("papers", 7)]
READERS = [("ewa", "family"), ("sara", "staff")]


def address(ground, name, families):
    named = {"Today": "/today/", "papers": "/papers/"}
    return named.get(name) or ground.address("journal" if name == "journal" else "detail", families)


def lines(ground):
    for name, goal in PAGES:
        for who, as_whom in READERS:
            asked = [ground.portal(n).queries(who, address(ground, name, n)) for n in (FEW, MANY)]
            note = f"{asked[0]} with {FEW} families, {asked[1]} with {MANY:,}"
            yield counted(f"2 queries: {name}, {as_whom}", goal, max(asked), note=note)
            if asked[0] != asked[1]:
                yield counted(f"2 queries that grow: {name}, {as_whom}", 0, abs(asked[1] - asked[0]))
