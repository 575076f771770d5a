"""Who may see what of checks, once more and in plain Python from domain.md C2 and C3 (tests/written_rules.py)."""

from portal.progress.models import Check, Invitation, Part, Remark, Share, Talk
from portal.progress.models.passed import For
from tests.facts import key_of
from tests.written_rules import EVERYTHING, TAKING_PART

READ_EVERY_CHECK = {"manager", "deputy", "safeguarding_lead", "deputy_safeguarding_lead", "senco"}


def as_staff(facts, check, reader):
    child = key_of(check.child_id)
    reads = bool(facts.roles.get(reader, set()) & READ_EVERY_CHECK) or reader in facts.key.get(child, set())
    return facts.looks_after(child, reader) and reads


def as_family(facts, check, reader, at_least=TAKING_PART):
    return facts.level(key_of(check.child_id), reader) >= at_least


def may(facts, row, reader):
    """Whether this person may see this row, from the written rules."""
    check = row if isinstance(row, Check) else row.check_of
    staff, family = as_staff(facts, check, reader), as_family(facts, check, reader)
    reads = family and check.shared_at is not None
    if isinstance(row, Check):
        return staff or reads
    if isinstance(row, Invitation):
        return staff or (family and row.adult_id == reader)
    if isinstance(row, Part):
        sent = row.sent_at is not None
        return (staff and sent) or (family and row.adult_id == reader) or (
            reads and sent and facts.shown(reader, row.adult_id)
        )  # fmt: skip
    if isinstance(row, Talk):
        return staff or (reads and facts.shown(reader, row.adult_id))
    if isinstance(row, Remark):
        return staff or (reads and facts.shown(reader, row.author_id))
    if isinstance(row, Share):
        return staff or as_family(facts, check, reader, EVERYTHING)
    if row.whose != For.ADULT:
        return staff
    return reads and row.adult_id == reader and all(facts.shown(reader, adult.pk) for adult in row.holds.all())


WHO_MAY_SEE = {}  # the canaries carry no secret of a check: tests/progress/test_isolation.py asks of each row
