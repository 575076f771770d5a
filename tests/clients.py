"""Django's test client builds all middlewares anew for each client; here each process builds them once.

Where a test has changed a setting, a client gets its own as Django would have it: a middleware may have read the setting.
"""

from django.conf import settings
from django.test.client import ClientHandler

BUILT = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")


def share_middlewares():
    """Let every client of this process use the same middlewares."""
    build, shared, unchanged = ClientHandler.load_middleware, {}, settings._wrapped

    def load_middleware(self, is_async=False):
        if is_async or settings._wrapped is not unchanged:
            return build(self, is_async)
        if not shared:
            build(self)
            shared.update({name: vars(self)[name] for name in BUILT})
        vars(self).update(shared)
        return None

    ClientHandler.load_middleware = load_middleware
