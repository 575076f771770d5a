"""What nobody can guess has enough letters, and none that looks like another on paper."""

import re

from records.make_secret import CAPITALS, SMALL, SPOKEN, make_secret


def test_it_comes_in_groups_of_the_letters_that_were_asked_for():
    assert re.fullmatch(f"[{SPOKEN}]{{26}}", make_secret(26))
    assert re.fullmatch(f"[{CAPITALS}]{{4}}-[{CAPITALS}]{{4}}", make_secret(4, 4, letters=CAPITALS))
    assert not set("ilo01") & {*SPOKEN, *SMALL} and not set("IO01") & {*CAPITALS}


def test_without_groups_it_is_256_bits_that_stand_in_an_address():
    assert re.fullmatch(r"[\w-]{43}", make_secret())
    assert len({make_secret() for _n in range(100)}) == 100
