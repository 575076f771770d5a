"""Row 4: searching the journals with 50,000 pages in them, one family's and all of them."""

from bench.ground import MANY
from bench.measure import Line

NUMBER = 4
TABLE = "journal_word"


def lines(ground):
    address = ground.address("long", MANY) + "?q=boat+rare7"
    took = ground.portal(MANY).milliseconds_of_sql("carol", address, TABLE)
    yield Line("4 search, one family's journal of 1,000 pages", took, 8, "ms of SQL")
    took = ground.portal(MANY).milliseconds_of_sql("sara", "/journal/find/?q=boat+rare7", TABLE)
    yield Line("4 search, all journals, by staff", took, 25, "ms of SQL")
