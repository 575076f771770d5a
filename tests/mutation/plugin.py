"""A pytest plugin: `pytest -p tests.mutation.plugin --fault NAME tests/…` runs these tests with one fault planted.

The exit status is 1 only where the fault was found: a test failed while it ran. Where only a set-up failed, or the fault
itself went wrong, it is 3.
"""

import pytest

FOUND, NOT_TRIED = pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERNAL_ERROR


def pytest_addoption(parser):
    parser.addoption("--fault", required=True, metavar="NAME", help="the fault of tests/mutation to plant first")


def pytest_configure(config):
    config.pluginmanager.register(Planted(config.getoption("--fault")))


class Planted:
    """The fault, and what came of it."""

    def __init__(self, name):
        self.name, self.failed, self.mistakes = name, False, []

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session):
        """Plant it once Django is set up, and before any test module imports anything."""
        from tests.mutation.faults import fault_named

        fault_named(self.name).plant(self.mistakes)

    def pytest_runtest_logreport(self, report):
        self.failed |= report.failed and report.when == "call"

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        if self.mistakes or (session.exitstatus == FOUND and not self.failed):
            session.exitstatus = NOT_TRIED

    def pytest_terminal_summary(self, terminalreporter):
        for mistake in self.mistakes[:3]:
            terminalreporter.write_line(f"the fault itself went wrong: {mistake!r}")
