"""Row 4: searching the journals, one family's and all of them."""

from bench.measure import Line

NUMBER = 4


def lines(ground):
    yield Line("4 search, one family's journal", None, 8, "ms of SQL", note="its code is not there yet")
    yield Line("4 search, all journals, by staff", None, 25, "ms of SQL", note="its code is not there yet")
