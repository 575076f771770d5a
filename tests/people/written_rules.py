"""Who may meet what of persons and families, from domain.md C2 and C3 and architecture.md (tests/written_rules.py)."""

from tests.written_rules import LEADS, LOOKS_AFTER, WATCH

# f: the facts of today, s: the secret, r: the reader.
WHO_MAY_SEE = {
    "card": lambda f, s, r: f.may_open_card(s.child, r),
    "child's name": lambda f, s, r: (
        f.may_open_card(s.child, r)
        or ((s.child, r) in f.ever and not f.shut_out(s.child, r))  # on papers of their own
        or (f.works_as(r, LOOKS_AFTER) and (s.child, r) not in f.ever)  # emergency cards of every room need no reason
    ),
    "contact": lambda f, s, r: f.may_know_contact(s.adult, r),
    "adult's name": lambda f, s, r: (
        f.shown(r, s.adult) or (f.works_as(r, LOOKS_AFTER | {"chair", "committee"}) and f.no_relative(s.adult, r))
    ),
    "about me": lambda f, s, r: r == s.adult or (f.works_as(r, LOOKS_AFTER) and not f.hidden(r, s.adult)),
    "kept by leads": lambda f, s, r: f.works_as(r, LEADS) and (s.child, r) not in f.ever,
    "basis": lambda f, s, r: f.works_as(r, WATCH) and (s.child, r) not in f.ever and not f.hidden(r, s.adult),
}
