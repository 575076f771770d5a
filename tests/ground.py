"""Loaded by pytest before anything else (`-p tests.ground`), so that no Django is set up before it has its own ground."""

import os

from tests import database

database.set_environment()
# Playwright's synchronous API runs an event loop in this thread; Django would refuse the database because of it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
