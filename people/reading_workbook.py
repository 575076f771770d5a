"""Workbooks of strangers are read in a process of their own (records/apart.py): so much time and memory, and no more.

A few kilobytes can unpack to many millions of cells. Runs apart, without Django, database or secrets; the answer is rows of
plain words, or one word that says what is the matter.
"""

import io
import json
import re
import resource
import signal
import sys
import unicodedata
from datetime import date, datetime

MOST_LINES, MOST_COLUMNS = 20_000, 120  # how far down and across we look; most of it is empty
MOST_CELL = 2_000  # letters of one cell
MOST_MEMORY = 1_000_000_000  # bytes of address space
MOST_WORK = 5  # seconds of the processor; a full list of 500 rows takes a tenth of one
UNSEEN = "\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # they turn or hide what one reads


def rows_of(content):
    """[(number, [words])] of the first sheet, or of the one that is called Families; empty rows are left out."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    page = book["Families"] if "Families" in book.sheetnames else book.worksheets[0]
    page.reset_dimensions()  # what a file says of its own size is not always so
    found = page.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS, values_only=True)
    rows = [(number, [words(value) for value in row]) for number, row in enumerate(found, start=1)]
    last = rows[-1][0] if rows else 0
    return [(number, row) for number, row in rows if any(row) or number == last]


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


def tidy(text):
    """One line without control signs, in one form of Unicode."""
    shown = "".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", text[:MOST_CELL]))
    shown = "".join(
        letter for letter in shown if unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in UNSEEN
    )
    return re.sub(" +", " ", shown).strip()


def understood(content):
    """The answer to one file, whatever happens to be in it."""
    try:
        return {"rows": rows_of(content)}
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
