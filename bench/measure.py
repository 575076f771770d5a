"""Two things in turn, A B A B: moments of a busy machine differ more than they do. The median of the pairs counts."""

import statistics
from dataclasses import dataclass

ROUNDS = 9
ALLOWANCE = 1.1  # of what is measured in proportion; what is counted is exact


@dataclass(frozen=True)
class Line:
    """What one row of the speed table came to: `value` must not be above `goal`; None where its code is missing."""

    name: str
    value: float | None
    goal: float
    unit: str = "×"
    spread: float = 0.0  # half the distance between the quarters, as part of the median
    exact: bool = False  # counts of queries are; whatever is measured has its allowance
    note: str = ""

    @property
    def ok(self):
        return self.value is not None and self.value <= self.goal * (1 if self.exact else ALLOWANCE)

    def __str__(self):
        value = "missing" if self.value is None else f"{self.value:.{0 if self.exact else 2}f} {self.unit}"
        spread = "" if not self.spread else f"± {self.spread:.0%}"
        said = f"{self.name:<58} {value:>12} {spread:>6}   goal {self.goal:g} {self.unit:<8} {'ok' if self.ok else 'short'}"
        return f"{said}  ({self.note})" if self.note else said


def in_turn(name, goal, ours, anchor, rounds=ROUNDS, note=""):
    """The Line of how many times the anchor's seconds ours takes; both are functions that give seconds."""
    ours(), anchor()  # warm
    pairs = [(ours(), anchor()) for _each in range(rounds)]
    ratios = [each / other for each, other in pairs]
    low, middle, high = statistics.quantiles(ratios, n=4)
    took = " : ".join(f"{statistics.median(side) * 1000:.1f}" for side in zip(*pairs, strict=True))
    return Line(name, middle, goal, spread=(high - low) / 2 / middle, note=f"{took} ms{'; ' + note if note else ''}")


def counted(name, goal, value, unit="queries", note=""):
    """The Line of a count, which is exact."""
    return Line(name, value, goal, unit=unit, exact=True, note=note)
