"""Nor can anybody tell by the time it takes whether a record exists that is not theirs."""

import itertools
import statistics
import time

import pytest

from tests.cast import signed_in
from tests.doors import things
from tests.doors.test_existence import pairs

PAIRS, ADDRESSES, CLOSE = 300, 10, 0.005  # seconds


def seconds(client, path):
    began = time.perf_counter()
    client.get(path)
    return time.perf_counter() - began


@pytest.mark.prove
@pytest.mark.django_db
def test_300_pairs_of_ten_addresses_take_the_same_time(cast):
    """One after the other in turn, so that whatever else the machine does falls on both alike."""
    client, made = signed_in(cast.other_mother), things.make(cast)
    addresses = list(itertools.islice(pairs(made, "other_mother"), ADDRESSES))
    assert len(addresses) == ADDRESSES
    theirs, nothing = [], []
    for number in range(PAIRS):
        one, other = addresses[number % ADDRESSES]
        theirs.append(seconds(client, one))
        nothing.append(seconds(client, other))
    assert abs(statistics.median(theirs) - statistics.median(nothing)) < CLOSE
