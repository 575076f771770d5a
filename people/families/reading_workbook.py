"""Workbooks of strangers are read in a process of their own (records/apart.py): so much time and memory, and no more.

A few kilobytes can unpack to many millions of cells. Runs apart, without Django, database or secrets; the answer is the
sheets with rows of plain words, or one word that says what is the matter.
"""

import io
import json
import resource
import signal
import sys
from datetime import date, datetime

from people.accounts.tidying import tidy

MOST_LINES, MOST_COLUMNS = 20_000, 120  # how far down and across we look; most of it is empty
MOST_MEMORY = 1_000_000_000  # bytes of address space
MOST_WORK = 5  # seconds of the processor; a full list of 500 rows takes a tenth of one


def sheets_of(content):
    """[{name, hidden, rows, hidden_rows, hidden_columns}] of every sheet with words in it; rows are (number, [words])."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    sheets = []
    for page in book.worksheets:
        page.reset_dimensions()  # what a file says of its own size is not always so
        found = page.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS, values_only=True)
        rows = [(number, [words(value) for value in row]) for number, row in enumerate(found, start=1)]
        if not any(any(row) for _number, row in rows):
            continue
        form = form_of(page)
        repeat_merged(dict(rows), form["merged"])
        last = rows[-1][0]
        sheets.append(
            {
                "name": tidy(page.title),
                "hidden": page.sheet_state != "visible",
                "rows": [(number, row) for number, row in rows if any(row) or number == last],
                "hidden_rows": form["hidden_rows"],
                "hidden_columns": form["hidden_columns"],
            }
        )
    return sheets


def form_of(page):
    """What openpyxl passes over where it does not load a whole sheet: hidden rows and columns, and merged cells."""
    from lxml.etree import iterparse
    from openpyxl.utils import range_boundaries

    form, number = {"hidden_rows": [], "hidden_columns": [], "merged": []}, 0
    with page._get_source() as source:  # the sheet's own XML; openpyxl has no other way to it
        tags = ("{*}row", "{*}col", "{*}mergeCell")
        for _event, part in iterparse(source, tag=tags, resolve_entities=False, no_network=True):
            kind, hidden = part.tag.rpartition("}")[2], part.get("hidden") in {"1", "true"}
            if kind == "row":
                number = int(part.get("r") or number + 1)
                if (hidden or _is_flat(part)) and number <= MOST_LINES:
                    form["hidden_rows"].append(number)
            elif kind == "col" and (hidden or part.get("width") == "0"):
                form["hidden_columns"] += range(int(part.get("min")), min(int(part.get("max")), MOST_COLUMNS) + 1)
            elif kind == "mergeCell":
                form["merged"].append(range_boundaries(part.get("ref")))
            part.clear()
            while part.getprevious() is not None and kind == "row":
                del part.getparent()[0]
    return form


def _is_flat(row):
    return row.get("customHeight") in {"1", "true"} and float(row.get("ht") or 1) == 0


def repeat_merged(rows, merged):
    """Write the words of cells merged downwards into each of their rows: a mother over two children is both children's."""
    for first_column, first_row, _last_column, last_row in merged:
        top = rows.get(first_row, [])
        told = top[first_column - 1] if first_column <= len(top) else ""
        for number in range(first_row + 1, min(last_row, MOST_LINES) + 1):
            row = rows.get(number)
            if told and row is not None:
                row += [""] * (first_column - len(row))
                row[first_column - 1] = row[first_column - 1] or told


def words(value):
    """A cell as words: days as 2022-03-14, whole numbers without a point; a formula is its text and is not worked out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(getattr(value, "text", None) or str(value))


def understood(content):
    """The answer to one file, whatever happens to be in it."""
    try:
        return {"sheets": sheets_of(content)}
    except MemoryError:
        return {"why": "large"}
    except Exception:  # a damaged workbook can break its reader in any place and in any way
        return {"why": "damaged"}


def serve(seconds):
    """Read one workbook from standard input and answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_WORK, MOST_WORK + 1))
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(limit, (0, 0))
    signal.alarm(seconds + 2)
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    if header := given.readline():
        answers.write(json.dumps(understood(given.read(json.loads(header)["size"]))).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
