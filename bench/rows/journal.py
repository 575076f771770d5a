"""Row 1: a family's journal, twenty pages with photographs, beside a bare list of twenty entries with pictures."""

from bench.measure import in_turn

NUMBER = 1


def lines(ground):
    ours = ground.portal().seconds("ewa", ground.address("journal"))
    yield in_turn(
        "1 journal, 20 pages with photographs : bare list", 1.6, ours, ground.bare().seconds("ewa", "/journal/1/")
    )
