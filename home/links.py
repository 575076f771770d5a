"""Does a website still answer? Asked by the scheduler, and only at addresses that are open to the whole internet.

An editor may write any address, and a website may send us on to any other. So each step asks the name server itself,
refuses private addresses (our own machine, the neighbours' printers), and goes to exactly the address it has judged.
"""

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

SECONDS = 10
MOST_STEPS = 5
PORTS = {"http": 80, "https": 443}
NO_HEAD = {403, 405, 501}  # some servers answer only to those who want to see the page
WHO = "Mozilla/5.0 (compatible; link check of a pre-school's website)"


class NotThere(Exception):
    """Why a link leads nowhere, in words for an editor."""


def addresses_of(host, port):
    """What the name server says; a seam for tests."""
    return [found[4][0] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_open_to_all(address):
    """Whether an address belongs to the whole internet: not private, local, reserved, or one of these inside IPv6."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inside = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (inside is None or inside.is_global)


def open_socket(address, port):
    """A connection to exactly this address; a seam for tests."""
    return socket.create_connection((address, port), timeout=SECONDS)


def trouble_with(url):
    """Why the link leads nowhere, or "" where somebody answers."""
    try:
        for _step in range(MOST_STEPS):
            status, onward = answer_of(url)
            if status not in (301, 302, 303, 307, 308) or not onward:
                return "" if status < 400 or status in (401, 429) else _("It answers: error %d.") % status
            url = urljoin(url, onward)
    except NotThere as why:
        return str(why)
    except (OSError, ssl.SSLError, http.client.HTTPException, ValueError):
        return _("Nobody answers there.")
    return _("It sends us on and on.")


def answer_of(url):
    """(status, where it sends us on) by HEAD, and by GET where a server does not like HEAD."""
    status, onward = ask("HEAD", url)
    return ask("GET", url) if status in NO_HEAD else (status, onward)


def ask(method, url):
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or (parts.port or PORTS[parts.scheme]) != PORTS[parts.scheme]:
        raise NotThere(_("It is not an ordinary web address."))
    port = PORTS[parts.scheme]
    found = addresses_of(parts.hostname, port)
    if not found or not all(is_open_to_all(address) for address in found):
        raise NotThere(_("It leads to a private address, so it is not tried."))
    connected = open_socket(found[0], port)
    try:
        if parts.scheme == "https":
            connected = ssl.create_default_context().wrap_socket(connected, server_hostname=parts.hostname)
        connection = http.client.HTTPConnection(parts.hostname, port, timeout=SECONDS)
        connection.sock = connected
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, headers={"User-Agent": WHO, "Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")
    finally:
        connected.close()
