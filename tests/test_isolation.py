"""Whatever happens in families and among staff, nobody sees more or less than the written rules say."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import isolation

pytestmark = pytest.mark.django_db
CALM = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "print_blob": True,
}


def tell_stories(cast, record_property, stories, steps, phases=(Phase.generate, Phase.shrink), **more):
    isolation.prepare(cast)
    told = settings(max_examples=stories, stateful_step_count=steps, phases=phases, **CALM, **more)
    run_state_machine_as_test(isolation.with_features(), settings=told)
    record_property("steps", isolation.COUNTS["steps"])
    record_property("questions", isolation.COUNTS["questions"])
    return isolation.COUNTS["steps"]


def test_isolation_through_a_few_stories(cast, record_property):
    """Always the same ones, so that this run says the same as the last; `make prove` also looks for the shortest story."""
    quickly = {"derandomize": True, "phases": [Phase.generate]}
    assert tell_stories(cast, record_property, stories=6, steps=40, **quickly) > 200


@pytest.mark.prove
@pytest.mark.parametrize("part", range(8))
def test_isolation_through_fresh_stories(cast, record_property, part):
    """In eight parts, so that the workers share them: together at least 20,000 steps, in other stories each time."""
    steps = 0
    while (missing := 2_500 - steps) > 0:
        steps += tell_stories(cast, record_property, stories=max(missing // 50, 2), steps=50)
