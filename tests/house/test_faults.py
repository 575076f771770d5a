"""Every fault of `make sabotage` can still be planted, and the tests that are to find it are still there."""

import pytest

from tests.sabotage.__main__ import PROJECT, Mistake, faults


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.name)
def test_a_fault_can_be_planted_and_its_tests_are_there(fault):
    try:
        assert fault.planted(PROJECT) != (PROJECT / fault.file).read_text(encoding="utf-8")
    except (Mistake, OSError) as problem:
        pytest.fail(str(problem))
    assert fault.found_by
    for node in fault.found_by:
        path, _, name = node.partition("::")
        assert (PROJECT / path).exists(), node
        assert not name or f"def {name.partition('[')[0]}(" in (PROJECT / path).read_text(encoding="utf-8"), node
