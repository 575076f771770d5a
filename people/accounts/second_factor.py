"""Whether the second factor was given in this session: django-otp's middleware, with one question fewer."""

from types import SimpleNamespace

from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.middleware import OTPMiddleware

from people.families.access import access_of
from records import request_cache
from records.turns import SENDER


class SecondFactor(OTPMiddleware):
    """An authenticator app or a passkey is found among what is read of the person anyway, confirmed and their own.

    What is not found there (a recovery code, one that was taken away) is left to django-otp, which asks for it.
    """

    def _verify_user_sync(self, request, user):
        if not user.is_authenticated:
            return super()._verify_user_sync(request, user)
        request_cache.put(SENDER, user.pk)
        if request.method in ("GET", "HEAD", "OPTIONS"):
            user.access_cache = {}  # from here on it is read once
        # Whatever writes asks afresh each time: a body can take minutes to arrive, and pictures seconds to be cleaned.
        given = request.session.get(DEVICE_ID_SESSION_KEY)
        if given not in access_of(user).second_factors:
            return super()._verify_user_sync(request, user)
        self._init_user_fields(user)
        user.otp_device = SimpleNamespace(persistent_id=given, user_id=user.pk, confirmed=True)
        return user
