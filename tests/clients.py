"""Django's test client builds all middlewares anew for each client; here each process builds them once.

Where a test has changed a setting they are built once more: a middleware may have read the setting.
"""

from django.conf import UserSettingsHolder, settings
from django.test.client import ClientHandler

BUILT = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")
# Folders of a test's own (the fixture own_database): no middleware reads them while it is built.
NOT_READ = {"DATA_DIR", "KEYS_DIR", "FILES_DIR", "MEDIA_ROOT"}


def settings_that_were_read():
    """The settings that hold now, without what was laid over them that no middleware reads."""
    wrapped = settings._wrapped
    while isinstance(wrapped, UserSettingsHolder) and changed_in(wrapped) <= NOT_READ:
        wrapped = wrapped.default_settings
    return wrapped


def changed_in(holder):
    return set(vars(holder)) - {"default_settings", "_deleted"} | holder._deleted


def share_middlewares():
    """Let every client of this process use the same middlewares."""
    build, shared, unchanged = ClientHandler.load_middleware, {}, settings._wrapped

    def load_middleware(self, is_async=False):
        read = settings_that_were_read()
        if is_async:
            return build(self, is_async)
        if read not in shared:
            build(self)
            for passed in set(shared) - {unchanged}:  # of the settings of earlier tests nothing is needed any more
                shared.pop(passed, None)
            shared[read] = {name: vars(self)[name] for name in BUILT}
        vars(self).update(shared[read])
        return None

    ClientHandler.load_middleware = load_middleware
