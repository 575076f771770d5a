"""A project in a process of its own that answers requests and says what they cost: ours, or a bare Django beside it.

Both are served alike, in the process, through all their middleware. For each line of JSON on standard input (who,
address, times) there is one on standard output (seconds of the processor, queries, bytes, seconds of SQL).
"""

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


class Served:
    """What a row asks: pages of a project, as somebody who is signed in."""

    def __init__(self, settings, folder, **environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.served"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=PROJECT,
            env={**os.environ, **environment, "DJANGO_SETTINGS_MODULE": settings, "DATA_DIR": str(folder)},
        )

    def ask(self, who, address, times=1, about=""):
        question = {"who": who, "address": address, "times": times, "about": about}
        self.process.stdin.write(json.dumps(question).encode() + b"\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{address} could not be served")
        return json.loads(answer)

    def seconds(self, who, address, times=8):
        """A function that gives the seconds of so many requests, each."""
        return lambda: self.ask(who, address, times)["seconds"] / times

    def queries(self, who, address):
        return self.ask(who, address)["queries"]

    def milliseconds_of_sql(self, who, address, about):
        """The median of what the queries take that ask this table."""
        return statistics.median(self.ask(who, address, about=about)["sql"] for _each in range(9)) * 1000

    def end(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


# The other process.


def cookies_of(who, seen):
    """The cookies of a person who is signed in; with the second factor where our people have one."""
    if who not in seen:
        from django.conf import settings

        if settings.ROOT_URLCONF == "config.urls":
            from people.accounts.models import Person
            from tests.cast import signed_in

            client = signed_in(Person.objects.get(email=f"{who}@example.org"))
        else:
            from django.contrib.auth.models import User
            from django.test import Client

            client = Client()
            client.force_login(User.objects.get(username=who))
        seen[who] = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return seen[who]


def serve():
    import django

    django.setup()
    from django.core.handlers.base import BaseHandler
    from django.db import connection
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext

    handler, factory, seen, opened = BaseHandler(), RequestFactory(), {}, set()
    handler.load_middleware()

    def served(question):
        request = factory.get(
            question["address"], SERVER_NAME="localhost", HTTP_COOKIE=cookies_of(question["who"], seen)
        )
        began = time.process_time()
        answer = handler.get_response(request)
        took = time.process_time() - began
        if answer.status_code != 200:
            raise RuntimeError(f"{question['address']} answered {answer.status_code} to {question['who']}")
        return took, len(answer.content)

    for line in sys.stdin.buffer:
        question = json.loads(line)
        cookies_of(question["who"], seen)
        if (question["who"], question["address"]) not in opened:  # what is loaded or written once is it now
            opened.add((question["who"], question["address"]))
            served(question)
        with CaptureQueriesContext(connection) as asked:
            _took, size = served(question)
        gc.collect()
        gc.freeze()
        seconds = sum(served(question)[0] for _each in range(question["times"]))
        gc.unfreeze()
        sql = sum(float(each["time"]) for each in asked if question["about"] in each["sql"])
        answer = {"seconds": seconds, "queries": len(asked), "bytes": size, "sql": sql}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve()
