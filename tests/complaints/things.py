"""Complaints for the tests of every address."""

import uuid

from portal.complaints.actions import complain


def complaint_by(by, **facts):
    usual = {
        "child": None,
        "child_at_risk": False,
        "about_leaders": "no",
        "category": "care",
        "words": "Words.",
        "wish": "",
    }
    return complain(by=by, idempotency_key=uuid.uuid4(), **(usual | facts))


def things(cast):
    """{address: {thing: keyword arguments}} of what the rows of portal/complaints/access.toml speak of."""
    sent = {
        "by_other_mother": complaint_by(cast.other_mother),
        "about_the_manager": complaint_by(cast.mother, about_leaders="yes"),
        "child_at_risk": complaint_by(cast.other_mother, child_at_risk=True),
        "about_alfie_by_his_father": complaint_by(cast.strict_father, child=cast.alfie),
    }
    made = {name: {"complaint_id": complaint.pk} for name, complaint in sent.items()}
    return {"complaints:one": made}
