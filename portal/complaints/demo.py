"""A complaint at Hazel Lane in the demo, with its clock running."""

import uuid
from datetime import timedelta

from django.utils import timezone

from portal.complaints.actions import complain
from portal.complaints.models import AboutLeaders, Category


def add_demo(cast):
    """Let Tobi's mother complain about the food."""
    complain(
        by=cast.other_mother,
        idempotency_key=uuid.uuid4(),
        child=cast.tobi,
        child_at_risk=False,
        about_leaders=AboutLeaders.NO,
        category=Category.FOOD,
        words="Twice last week Tobi was given chicken at lunch although we told you that he eats no meat.",
        wish="Please tell us how this will not happen again.",
        now=timezone.now() - timedelta(days=9),
    )
