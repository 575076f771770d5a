"""The line at the foot of a procedure that says how often it is reviewed, in which month, and by whom."""

import re
from dataclasses import dataclass

MONTHS = "January February March April May June July August September October November December".split()
SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sept? Oct Nov Dec".split()
MONTH = re.compile(r"\b(?:(" + "|".join(MONTHS) + r")\b|(" + "|".join(SHORT) + r")\b\.?)")
DAY = re.compile(r"\b\d{1,2}[./-](?P<month>\d{1,2})[./-](?:20)?\d{2}\b")
OWN = (
    r"(?:this|the|our|these|each|every|all) (?:of )?(?:these |our )?"
    r"(?:policy and procedures?|policy|procedure|document|policies|procedures)"
)
BEGINS = re.compile(
    rf"(?:{OWN} (?:is|are|was|were|will be|must be|should be|has been|shall be) |to be |"
    r"(?:policy|procedure) |last |(?:date )?(?:of )?(?:the )?(?:next |last )?(?:annual )?(?:to be )?)"
    r"(?:(?:annually|regularly|yearly|next|last|also) )?"
    r"review(?:ed|s|\s+dates?|\s+cycle|\s+frequency|\s+period|\s+month|\s+due)?\b",
    re.IGNORECASE,
)
BEGINS_WITH_REVIEW = re.compile(rf"{OWN} (?:is|are|will be|must be|should be) (?:\w+ly )?reviewed\b", re.IGNORECASE)
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12, "eighteen": 18}
CYCLES = [
    (r"half[- ]yearly|six[- ]monthly|twice a year|twice yearly", 6),
    (r"annually|annual|yearly|12[- ]monthly|(?:every|each|once a|once every) year|every 12 months", 12),
    (r"biennially|every (?:two|2|second|other) years?", 24),
    (r"termly|(?:every|each|once a) term", 4),
    (r"quarterly|every quarter", 3),
    (r"monthly|(?:every|each|once a) month", 1),
]
EVERY = re.compile(r"every (\d{1,2}|" + "|".join(NUMBERS) + r") (months|years)", re.IGNORECASE)
BY = re.compile(r"\bby:? (?:the |our )?(?P<who>(?!" + "|".join(MONTHS) + r")[^\W\d][^.;]{1,80})", re.IGNORECASE)


@dataclass(frozen=True)
class Review:
    """How often (months), in which month of the year (1 to 12), and by whom."""

    months: int | None = None
    month: int | None = None
    by: str | None = None

    def joined(self, earlier):
        """This with what only an earlier line said."""
        if earlier is None:
            return self
        return Review(earlier.months or self.months, earlier.month or self.month, earlier.by or self.by)


def is_review_line(text):
    return bool(BEGINS.match(text)) and len(text) <= 160 and read_review(text) is not None


def read_review(text):
    """The review cycle that a line states, or None when it states neither a cycle nor a month."""
    months, month = how_often(text), month_in(text)
    if months is None and month is None:
        return None
    who = BY.search(text)
    return Review(months=months, month=month, by=without_time(who["who"]) if who else None)


def month_in(text):
    """The month that a line names, in words or in a date such as 12/11/2025, as a number; or None."""
    if match := MONTH.search(text):
        return month_named(match[0])
    match = DAY.search(text)
    return int(match["month"]) if match and 1 <= int(match["month"]) <= 12 else None


def month_named(name):
    """The number of a month from its name or the beginning of it, or None."""
    name = name.strip(".").casefold()
    return next(
        (number for number, month in enumerate(MONTHS, 1) if len(name) > 2 and month.casefold().startswith(name[:3])),
        None,
    )


def begins_with_review(text):
    """Whether a sentence says of this procedure how it is reviewed."""
    return bool(BEGINS_WITH_REVIEW.match(text))


def review_among(review, left_out):
    """The review cycle, with what the lines say that were left out as footers and tables for signatures."""
    for line in left_out:
        for piece in re.split(r"\s*[|·•]\s*|\s{3,}|\s+(?=(?:[Nn]ext |[Dd]ate of )?[Rr]eview)", line):
            if is_review_line(piece):
                review = read_review(piece).joined(review)
    return review


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
