"""Some addresses tell too much about whoever opened them: where help is looked for, what is searched for, a token."""

import logging

QUIET = (
    "/help-near-you/",
    "/search/",
    "/invitation/",  # and these end with a token
    "/sign-in/new-password/",
    "/security/address/",
)
INSTEAD = "(an address that we do not write down)"


class LeavesOutQuietAddresses(logging.Filter):
    """Keeps the line and drops the address, wherever Django's own log names it."""

    def filter(self, record):
        if any(str(each).startswith(QUIET) for each in record.args or ()):
            record.args = tuple(INSTEAD if str(each).startswith(QUIET) else each for each in record.args)
            record.request = None
        return True
