"""All faults: at most sixty, each of which would leak a record to somebody or lose one."""

from tests.mutation.durability import DURABILITY
from tests.mutation.permission import PERMISSION

MOST = 60
FAULTS = [*PERMISSION, *DURABILITY]


def fault_named(name):
    """Return the fault with this name; LookupError where there is none."""
    for fault in FAULTS:
        if fault.name == name:
            return fault
    raise LookupError(f"There is no fault {name!r}: make sabotage ARGS=--list names them")
