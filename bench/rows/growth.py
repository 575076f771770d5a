"""Row 3: what five hundred families and fifty thousand pages cost a reader, on the first page and far down."""

from bench.ground import FEW, MANY
from bench.measure import in_turn

NUMBER = 3


def lines(ground):
    few, many = ground.portal(FEW), ground.portal(MANY)
    for name, who, small, large in [
        ("a family's first page", "ewa", "journal", "journal"),
        ("staff's first page", "sara", "journal", "journal"),
        ("staff's Today", "helen", "today", "today"),
        ("first of 1,000 pages", "carol", "long", "long"),
        ("last of 1,000 pages", "carol", "long", "deep"),
    ]:
        ours = many.seconds(who, ground.address(large, MANY))
        yield in_turn(f"3 growth, 10 to 500 families: {name}", 1.2, ours, few.seconds(who, ground.address(small, FEW)))
