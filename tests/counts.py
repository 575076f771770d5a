"""The last lines of a run: how much was run, on which database, and nothing skipped in silence."""

import os
import time

from tests import database

OUTCOMES = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")


def note_database(item):
    """Remember on which database this test runs, if on any."""
    if {"db", "own_database", "portal"} & set(item.fixturenames) or item.get_closest_marker("django_db"):
        item.user_properties.append(("database", database.VENDOR))


def reports(config, outcome):
    """The reports of one outcome; a passed set-up or tear-down is not a test."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    found = reporter.stats.get(outcome, []) if reporter else []
    return [report for report in found if outcome != "passed" or report.when == "call"]


def is_browser(report):
    return report.nodeid.startswith("tests/browser/")


def silent_gaps(config):
    """The kinds of tests that a whole run must not leave out, in words; an empty list is good."""
    gaps = []
    passed = reports(config, "passed")
    if os.environ.get("BROWSER", "yes") != "no" and not any(is_browser(report) for report in passed):
        gaps.append("no browser test passed")
    if not any(["database", database.VENDOR] in map(list, report.user_properties) for report in passed):
        gaps.append(f"no test passed on {database.VENDOR}")
    return gaps


def skipped_aloud(config):
    """Each skipped test and why."""
    for report in reports(config, "skipped"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple | list) else str(report.longrepr)
        yield f"skipped: {report.nodeid} ({reason.removeprefix('Skipped: ')})"


def pytest_sessionfinish(session):
    in_worker = hasattr(session.config, "workerinput")
    whole = os.environ.get("BIGBOOK_WHOLE_SUITE") == "yes" and os.environ.get("CI") == "true"
    if whole and not in_worker and silent_gaps(session.config):
        session.exitstatus = session.exitstatus or 1


def say_last(config):
    """The closing lines, under everything else that pytest says."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if not reporter or hasattr(config, "workerinput") or config.option.collectonly:
        return
    for line in skipped_aloud(config):
        reporter.write_line(line)
    if os.environ.get("BIGBOOK_WHOLE_SUITE") == "yes":
        for gap in silent_gaps(config):
            reporter.write_line(f"left out: {gap}")
    for said in (doors_line(config), canaries_line(config), *proof_lines(config), axe_line(config)):
        if said:
            reporter.write_line(said)
    reporter.write_line(count_line(config))


def count_line(config):
    counts = {outcome: len(reports(config, outcome)) for outcome in OUTCOMES}
    browser = sum(is_browser(report) for outcome in OUTCOMES for report in reports(config, outcome))
    browser_said = browser if os.environ.get("BROWSER", "yes") != "no" else "left out (BROWSER=no)"
    failed = counts["failed"] + counts["error"] + counts["xpassed"]
    started = os.environ.get("BIGBOOK_STARTED")
    seconds = f"; {time.time() - int(started):.0f} s with set-up" if started else ""
    return (
        f"tests: {counts['passed'] + counts['xfailed']} passed, {failed} failed, {counts['skipped']} skipped; "
        f"browser {browser_said}, database {database.VENDOR}{seconds}"
    )


def noted(config, name):
    """What the tests of this run noted under a name, with pytest's record_property or its like."""
    all_reports = [report for outcome in OUTCOMES for report in reports(config, outcome)]
    return [value for report in all_reports for key, value in getattr(report, "user_properties", ()) if key == name]


def doors_line(config):
    """How many cells of the access table were tried in this run (tests/doors), and how many were not as it says."""
    tried = noted(config, "doors")
    if not tried:
        return None
    return f"addresses: tried {sum(cells for cells, _ in tried)} times, {sum(found for _, found in tried)} surprises"


def canaries_line(config):
    """How much was searched for words that its reader may not meet (tests/canaries.py); a single one fails its test."""
    counted = noted(config, "canaries")
    answers, mails, lines = (sum(row[place] for row in counted) for place in range(3))
    return f"private words: not in {answers} answers, {mails} mails, {lines} log lines" if answers else None


def proof_lines(config):
    """What the slow proofs counted: steps of the stateful test, attacks on the audit chain."""
    if steps := noted(config, "steps"):
        asked = sum(noted(config, "questions"))
        yield f"who may see what: asked {asked} times after {sum(steps)} steps"
    if uploads := noted(config, "uploads"):
        bad, accepted, good, refused = (sum(row[place] for row in uploads) for place in range(4))
        yield f"uploads: {bad} bad, {accepted} of them accepted; {good} good, {refused} of them refused"
    if attacks := noted(config, "attacks"):
        yield f"audit log: {sum(found for found, _ in attacks)} of {sum(tried for _, tried in attacks)} attacks found"


def axe_line(config):
    """How many pages axe has looked at in this run, and what it found; tests/browser/conftest.py notes each look."""
    looks = noted(config, "axe")
    ours = [count for whose, _, count in looks if whose == "ours"]
    theirs = [count for whose, _, count in looks if whose != "ours"]
    if not looks:
        return None
    line = f"axe: {len(ours)} pages, {sum(ours)} findings"
    return f"{line}; Wagtail's own: {len(theirs)} pages, {sum(theirs)} findings" if theirs else line
