"""Guessing passwords is slowed down for a name and for a network; a device its owner has signed in on is counted apart.

So ten wrong passwords from anywhere make everybody wait who comes as that person from a strange device, and the person
still gets in at home: nobody can be locked out of their own phone by others. The cookie opens nothing by itself.
"""

import ipaddress
import secrets
from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.core import signing
from django.db.models import Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

SALT = "people.accounts.known_device"
LASTS = timedelta(days=180)
OF_A_NETWORK = 50  # wrong passwords in WITHIN, over all names together
WITHIN = timedelta(minutes=5)
NOBODYS = "0.0.0.0"  # noqa: S104  not to listen on: whoever comes without an address shares this one


def cookie_name():
    return "__Host-known" if settings.HTTPS else "known"


def network_of(request):
    """The visitor's address (for IPv6 the /64 a household has), as the proxies that are ours saw it.

    Each proxy adds the address it saw to the end of X-Forwarded-For. With TRUSTED_PROXIES = n the n-th from the end was
    written by our own; everything before it is the visitor's say and counts for nothing.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        seen = hops[-settings.TRUSTED_PROXIES] if len(hops) >= settings.TRUSTED_PROXIES else seen
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        address = ipaddress.ip_address(NOBODYS)
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.version == 6:
        address = ipaddress.ip_network((address, 64), strict=False).network_address
    return str(address)


def device_of(request, name):
    """The mark of a device on which this name has signed in before, or an empty string."""
    kept = _kept(request)
    return kept["device"] if name and _mark_of(name) in kept.get("names", []) else ""


def last_person_id(request):
    """The primary key of whoever signed in last in this browser, also when they have gone; None where nobody did."""
    return _kept(request).get("person")


def _kept(request):
    try:
        return signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}


def _mark_of(name):
    """What the cookie says instead of a name: whoever reads it on a shared device learns nobody's address."""
    return salted_hmac(SALT, name, algorithm="sha256").hexdigest()[:32]


def too_many_from(request):
    """Whether this network has tried too many names; a known device never shares in it."""
    since = timezone.now() - WITHIN
    tried = AccessAttempt.objects.filter(ip_address=network_of(request), attempt_time__gte=since)
    return (tried.aggregate(tries=Sum("failures_since_start"))["tries"] or 0) >= OF_A_NETWORK


def remember_device(get_response):
    """Once somebody is signed in, their browser keeps a mark that says so to the door, and to nothing else."""

    def middleware(request):
        response = get_response(request)
        user = getattr(request, "user", None)
        if user is None or not request.session.get("signed_in_at") or not user.is_authenticated:
            return response
        names = [name for name in (user.email, user.typed_email, user.sign_in_name) if name]
        known = all(device_of(request, name) for name in names) and last_person_id(request) == user.pk
        if names and not known:
            kept = {"names": [_mark_of(name) for name in names], "device": secrets.token_hex(8), "person": user.pk}
            mark = signing.dumps(kept, salt=SALT)
            response.set_cookie(
                cookie_name(), mark, max_age=LASTS, httponly=True, secure=settings.HTTPS, samesite="Lax", path="/"
            )
        return response

    return middleware
