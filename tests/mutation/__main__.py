"""Do our tests find what they promise to find? Each fault of tests/mutation is planted by itself, and its tests are run.

A fault counts as found when one of its named tests fails while it runs: not when the tests cannot be set up, and only if
the same tests pass without it.
"""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tests.mutation.fault import PROJECT
from tests.mutation.faults import FAULTS

SECONDS = 300  # the longest that the tests of one fault may take
PASSED, FAILED = 0, 1
AT_ONCE = min(2, os.cpu_count() or 1)


def run_tests(names, *options, seconds=SECONDS):
    """Return pytest's exit status, or None after too long a time, and what it said."""
    command = [sys.executable, "-m", "pytest", "-m", "prove or not prove", "--tb=line", "-x", *options, *names]
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BIGBOOK_TEST_RUN", "PYTEST_", "DJANGO_SETTINGS"))
    }
    try:
        done = subprocess.run(
            command, cwd=PROJECT, env=kept, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return None, f"took longer than {seconds} s"
    return done.returncode, done.stdout + done.stderr


def outcome_of(fault):
    """Plant the fault in a process of its own and run its tests; return "found", "MISSED" or "NOT TRIED"."""
    began = time.monotonic()
    status, said = run_tests(fault.found_by, "-p", "tests.mutation.plugin", "--fault", fault.name)
    outcome = {FAILED: "found", PASSED: "MISSED"}.get(status, "NOT TRIED")
    print(f"{outcome:9} {fault.name} ({time.monotonic() - began:.0f} s)", flush=True)
    if outcome == "MISSED":
        print(f"          {fault.target}: none of its tests fails: {', '.join(fault.found_by)}", flush=True)
    if outcome == "NOT TRIED":
        print(said[-2000:], file=sys.stderr, flush=True)
    return outcome


def all_pass(faults):
    """Whether the named tests pass without any fault."""
    names = sorted({name for fault in faults for name in fault.found_by})
    status, said = run_tests(names, "-n", str(AT_ONCE), seconds=SECONDS * 4)
    if status == PASSED:
        print(f"{len(names)} named tests pass without a fault.", flush=True)
    else:
        print(f"The named tests do not pass without a fault:\n{said[-3000:]}", file=sys.stderr)
    return status == PASSED


def main():
    words = argparse.ArgumentParser(prog="make sabotage", description=__doc__.splitlines()[0])
    words.add_argument("-k", default="", metavar="WORD", help="only faults with this word in their name or target")
    words.add_argument("--list", action="store_true", help="name the faults and run nothing")
    asked = words.parse_args()
    faults = [fault for fault in FAULTS if asked.k in fault.name or asked.k in fault.target]
    if asked.list:
        print("\n".join(f"{fault.name} ({fault.target})" for fault in faults))
        return 0
    if not all_pass(faults):
        return 1
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(outcome_of, faults))
    print(f"{outcomes.count('found')} of {len(faults)} found")
    return 0 if outcomes.count("found") == len(faults) > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
