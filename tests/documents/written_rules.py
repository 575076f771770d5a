"""Who may meet what was written on a signed form (tests/written_rules.py)."""

from tests.written_rules import LEADS

WHO_MAY_SEE = {
    "paper": lambda f, s, r: (
        (r == s.adult and not f.shut_out(s.child, r))
        or (f.works_as(r, LEADS) and (s.child, r) not in f.ever and not f.hidden(r, s.adult))
    ),
}
