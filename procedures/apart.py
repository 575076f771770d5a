"""Documents of strangers are read in a process of their own (records/apart.py), which then ends.

The answer is lines (procedures/lines.py) or one word that says what is the matter.
"""

import json
import resource
import signal
import sys

from procedures.lines import Line, Trouble, packed
from records import apart

SECONDS = 20
MOST_MEMORY = 1_500_000_000  # bytes of address space; a real procedure takes a tenth of it
KINDS = ("pdf", "word")


class Apart(apart.Apart):
    """A reader in a process of its own, for one file after the other; a file that ends it costs only itself."""

    def __init__(self, seconds=SECONDS):
        super().__init__("procedures.apart", seconds)

    def lines(self, kind, content):
        """The lines of a PDF or Word document; Trouble with a word that says why there are none."""
        try:
            answer, _nothing = self.ask({"kind": kind}, len(content), [content])
        except apart.NoAnswer as why:
            raise Trouble("slow" if str(why) == "slow" else "damaged") from why
        if "why" in answer:
            raise Trouble(answer["why"])
        return [Line(**each) for each in answer["lines"]]


# The other process.


def understood(kind, content):
    """The answer to one file, whatever happens to be in it."""
    try:
        if kind == "pdf":
            from procedures.reading_pdf import lines_of
        else:
            from procedures.reading_word import lines_of
        return {"lines": [packed(line) for line in lines_of(content)]}
    except Trouble as why:
        return {"why": str(why)}
    except MemoryError:
        return {"why": "large"}
    except Exception:
        return {"why": "damaged"}


def serve(seconds):
    """Read files from standard input until it closes. Nobody need wait for this process: it ends itself."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.setrecursionlimit(1500)
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    while header := given.readline():
        task = json.loads(header)
        signal.alarm(seconds + 2)
        content = given.read(task["size"])
        answers.write(json.dumps(understood(task["kind"], content)).encode() + b"\n")
        answers.flush()
        signal.alarm(0)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
