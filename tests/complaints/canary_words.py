"""A complaint of each canary family (tests/canary_families.py)."""

import uuid

from portal.complaints.actions import complain
from tests.canaries import token


def plant(cast, families, **_rest):
    for family in families:
        first = family.adults[0]
        complaint = {"kind": "complaint", "adult": first.pk}
        complain(
            by=first, child=family.children[0], child_at_risk=False, about_leaders="no", category="care",
            words=token(**complaint), wish=token(**complaint), idempotency_key=uuid.uuid4(),
        )  # fmt: skip
