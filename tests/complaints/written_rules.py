"""Who may meet the words of a complaint (tests/written_rules.py)."""

from tests.written_rules import LEADS

WHO_MAY_SEE = {
    "complaint": lambda f, s, r: r == s.adult or (f.works_as(r, LEADS) and f.no_relative(s.adult, r)),
}
