"""Random letters that nobody can guess: in an address, in a cookie, on paper, said at the door."""

import secrets

SPOKEN = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another on paper
SMALL = "abcdefghjkmnpqrstuvwxyz"
CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def make_secret(*groups: int, letters: str = SPOKEN) -> str:
    """Return random letters in groups of these lengths with hyphens between; without any, 256 bits for an address or a cookie.

    A letter of SPOKEN has almost 5 bits: 26 of them are 128 bits.
    """
    if not groups:
        return secrets.token_urlsafe(32)
    return "-".join("".join(secrets.choice(letters) for _n in range(length)) for length in groups)
