"""How much work a page is: its queries, and its time in proportion to a page that never changes.

Two moments of a busy machine differ by more than two pages do. So each page is measured in turn with a yardstick, the
list of accessibility promises, which has the same frame and the same few queries whatever else is stored.
"""

import gc
import statistics
import time

from django.core.handlers.base import BaseHandler
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

YARDSTICK = "/accessibility/"
ROUNDS = 15


def served(client, address):
    """The page as the server gives it: without the test client, whose every answer is searched for canaries."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    handler = BaseHandler()
    handler.load_middleware()
    request = RequestFactory().get(address, HTTP_COOKIE=cookies)
    began = time.process_time()
    answer = handler.get_response(request)
    took = time.process_time() - began
    assert answer.status_code == 200 and answer.content, address
    return took


def queries(client, address):
    """How many queries the page asks when it has been opened before."""
    served(client, address)
    with CaptureQueriesContext(connection) as asked:
        served(client, address)
        return len(asked)


def worth(client, address, rounds=ROUNDS):
    """How many times the processor's seconds of the yardstick this page takes: the median of so many pairs."""
    gc.collect()
    gc.freeze()  # what the test itself has made is not the page's to look through
    served(client, address), served(client, YARDSTICK)
    pairs = [served(client, address) / served(client, YARDSTICK) for _each in range(rounds)]
    gc.unfreeze()
    return statistics.median(pairs)
