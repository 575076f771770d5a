"""`make bench` itself: what is short makes it fail, one row can be measured by itself, and the anchor is as it says."""

from types import SimpleNamespace

import pytest
from django.conf import settings

import bench.__main__ as runner
from bench.ground import SQLITE, environment
from bench.measure import Line, counted, in_turn


@pytest.fixture
def rows(monkeypatch):
    """Two rows instead of those that take minutes; the second is short."""
    made = {
        "quick": SimpleNamespace(NUMBER=1, lines=lambda ground: [Line("quick", 1.0, 1.2)]),
        "slow": SimpleNamespace(NUMBER=2, lines=lambda ground: [Line("slow", 1.5, 1.2)]),
    }
    monkeypatch.setattr(runner, "all_rows", lambda: made)
    return made


def test_one_short_row_is_an_exit_status_of_one_and_a_row_can_be_measured_by_itself(rows, monkeypatch, capsys):
    for name in environment("/tmp"):
        monkeypatch.setenv(name, "")
    assert runner.main([]) == 1
    said = capsys.readouterr().out
    assert "quick" in said and "slow" in said and said.endswith("bench: 1 short\n")
    assert runner.main(["--only", "quick"]) == 0
    said = capsys.readouterr().out
    assert "slow" not in said and said.endswith("bench: all well\n")
    assert runner.main(["--only", "2"]) == 1
    assert runner.main(["--only", "nothing"]) == 2


@pytest.mark.parametrize(
    ("line", "ok"),
    [
        (Line("in proportion, within what is allowed", 1.3, 1.2), True),
        (Line("in proportion, above it", 1.33, 1.2), False),
        (counted("counted", 8, 8), True),
        (counted("counted, one too many", 8, 9), False),
        (Line("not there yet", None, 8), False),
    ],
)
def test_what_is_short(line, ok):
    assert line.ok is ok
    assert str(line).split("(")[0].rstrip().endswith("ok" if ok else "short")
    assert ("missing" in str(line)) is (line.value is None)


def test_pairs_are_measured_in_turn_and_their_median_counts():
    order, ours, anchor = [], iter([9, 2, 2, 8, 2, 2]), iter([9, 1, 1, 1, 1, 1])

    def take(name, seconds):
        order.append(name)
        return next(seconds)

    line = in_turn("pairs", 2, lambda: take("ours", ours), lambda: take("anchor", anchor), rounds=5)
    assert order == ["ours", "anchor"] * 6
    assert (line.value, line.ok) == (2, True), "one pair among five was disturbed"


def test_every_row_of_bench_says_its_number_and_the_bare_database_is_set_as_ours():
    found = runner.all_rows()
    assert {row.NUMBER for row in found.values()} >= {1, 2, 3, 4, 13, 15, 16}
    assert SQLITE == settings.SQLITE
