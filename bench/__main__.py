"""`make bench`: the rows of the speed table (docs/speed.md), one line for each measure; exit status 1 when one is short."""

import argparse
import importlib
import os
import pkgutil
import sys

from bench import rows
from bench.ground import environment, ground


def all_rows():
    """{name: module} of every row, in the order of the table. A row is a file of bench/rows."""
    found = {
        each.name: importlib.import_module(f"bench.rows.{each.name}") for each in pkgutil.iter_modules(rows.__path__)
    }
    return dict(sorted(found.items(), key=lambda row: row[1].NUMBER))


def measured(chosen, shared):
    """Print each line as it is measured; how many were short."""
    short = 0
    for row in chosen:
        for line in row.lines(shared):
            print(line, flush=True)
            short += not line.ok
    return short


def main(words=None):
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", default="", help="one row, by its name or number")
    only = parser.parse_args(words).only
    found = all_rows()
    chosen = [row for name, row in found.items() if only in ("", name, str(row.NUMBER))]
    if not chosen:
        print(f"There is no row {only}. There are: {', '.join(found)}.", file=sys.stderr)
        return 2
    with ground() as shared:
        os.environ.update(environment(shared.folder / "here"))  # what is measured in this process itself
        short = measured(chosen, shared)
    print(f"bench: {short} short" if short else "bench: all well")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
