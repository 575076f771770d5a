"""The line at the foot of a procedure that says how often it is reviewed, in which month, and by whom."""

import re
from dataclasses import dataclass

MONTHS = "January February March April May June July August September October November December".split()
MONTH = re.compile(r"\b(" + "|".join(MONTHS) + r")\b")
BEGINS = re.compile(
    r"(?:(?:this|the|our|these) (?:policy|procedure|document|policies|procedures) (?:is|are|will be|must be|should be) |"
    r"to be |(?:date of )?(?:next )?)review(?:ed|s|\s+dates?|\s+cycle)?\b",
    re.IGNORECASE,
)
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12, "eighteen": 18}
CYCLES = [
    (r"half[- ]yearly|six[- ]monthly|twice a year|twice yearly", 6),
    (r"annually|annual|yearly|(?:every|each|once a|once every) year|every 12 months", 12),
    (r"biennially|every (?:two|2|second|other) years?", 24),
    (r"termly|(?:every|each|once a) term", 4),
    (r"quarterly|every quarter", 3),
    (r"monthly|(?:every|each|once a) month", 1),
]
EVERY = re.compile(r"every (\d{1,2}|" + "|".join(NUMBERS) + r") (months|years)", re.IGNORECASE)
BY = re.compile(r"\bby (?:the |our )?(?P<who>(?!" + "|".join(MONTHS) + r")[^\W\d][^.;]{1,80})", re.IGNORECASE)


@dataclass(frozen=True)
class Review:
    """How often (months), in which month of the year (1 to 12), and by whom."""

    months: int | None = None
    month: int | None = None
    by: str | None = None


def is_review_line(text):
    return bool(BEGINS.match(text)) and len(text) <= 160 and read_review(text) is not None


def read_review(text):
    """The review cycle that a line states, or None when it states neither a cycle nor a month."""
    months = how_often(text)
    month = MONTH.search(text)
    if months is None and month is None:
        return None
    who = BY.search(text)
    return Review(
        months=months,
        month=MONTHS.index(month[1]) + 1 if month else None,
        by=without_time(who["who"]) if who else None,
    )


def how_often(text):
    if match := EVERY.search(text):
        number = NUMBERS.get(match[1].casefold()) or int(match[1])
        return number * (12 if match[2].casefold() == "years" else 1) or None
    lowered = text.casefold()
    for pattern, months in CYCLES:
        if re.search(rf"\b(?:{pattern})\b", lowered):
            return months
    return None


def without_time(who):
    """ "Staff and Committee in November" is by Staff and Committee."""
    return re.split(r"\s+(?:in|every|each|annually|on|during|at)\s", who + " ")[0].strip(" ,")
