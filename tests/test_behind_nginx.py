"""The portal behind a real nginx, as docs/running-it.md has it: who is slowed down, and what a cache in front can keep."""

import re
from itertools import product

import pytest
import requests

from people.accounts.known_device import OF_A_NETWORK
from tests.nginx import CARELESS, HASTY, Nginx

pytestmark = pytest.mark.prove
EWA = "ewa@example.org"
PRIVATE = re.compile(r"\b(Ewa|Maja|Leon|Nowicka)\b")
# Endings with which a private page is made to look like a file that a cache keeps.
SIGNS = "; / %2f %3b %3f %23 %00 %0a %09 %20 ..%2f /.. // . ? & ~ :".split()
ENDINGS = [f"{sign}x.{kind}" for sign, kind in product(SIGNS, ("css", "png"))]


def come_in(server, email, password, **headers):
    """(session, answer) of somebody at the sign-in page."""
    session = requests.Session()
    token = re.search(
        r'csrfmiddlewaretoken" value="(\w+)"', session.get(f"{server.base_url}/sign-in/", timeout=30).text
    )[1]
    form = {"email": email, "password": password, "csrfmiddlewaretoken": token}
    return session, session.post(f"{server.base_url}/sign-in/", form, headers=headers, timeout=60)


def password_of(portal, email):
    return next(person["password"] for person in portal.people() if person["email"] == email)


@pytest.mark.parametrize("hops", [1, 2])
def test_forged_addresses_give_one_network_no_extra_try(portal_behind, tmp_path, hops):
    portal = portal_behind(hops)
    with Nginx(tmp_path / "nginx", portal, hops) as nginx:
        answers = [
            come_in(nginx, f"leaked{number}@example.org", "guess", **{"X-Forwarded-For": f"198.51.100.{number}"})[1]
            for number in range(OF_A_NETWORK + 5)
        ]
        assert {answer.status_code for answer in answers[:OF_A_NETWORK]} == {200}
        assert {answer.status_code for answer in answers[OF_A_NETWORK:]} == {429}
        right = password_of(portal, EWA)
        assert come_in(nginx, EWA, right, **{"X-Forwarded-For": "203.0.113.77"})[1].status_code == 429


def test_whoever_believes_one_address_too_many_is_fooled(portal_behind, tmp_path):
    """So the test before this one can fail: told of two proxies where one is, the portal counts what a visitor wrote."""
    nginx = Nginx(tmp_path / "nginx", portal_behind(2))
    nginx.settings = nginx.settings.replace("$remote_addr", "$proxy_add_x_forwarded_for")
    with nginx:
        for number in range(OF_A_NETWORK + 5):
            forged = {"X-Forwarded-For": f"198.51.100.{number}"}
            assert come_in(nginx, f"leaked{number}@example.org", "guess", **forged)[1].status_code == 200


@pytest.mark.parametrize("cache", [HASTY, CARELESS], ids=["that asks once", "that does not ask"])
def test_no_cache_in_front_keeps_a_byte_of_a_family(portal_behind, tmp_path, cache):
    portal = portal_behind(1)
    with Nginx(tmp_path / "nginx", portal, cache=cache) as nginx:
        mother, _answer = come_in(nginx, EWA, password_of(portal, EWA))
        today = mother.get(f"{nginx.base_url}/today/", timeout=30).text
        assert "Maja" in today
        links = {link for link in re.findall(r'href="(/[^"#?]+)"', today) if not link.startswith("/static/")}
        private = {link for link in links if PRIVATE.search(mother.get(nginx.base_url + link, timeout=30).text)}
        assert len(private) >= 6
        anybody, asked = requests.Session(), 0
        for address, ending in product(sorted(private), ["", *ENDINGS]):
            mother.get(f"{nginx.base_url}{address}{ending}", timeout=30)
            answer, asked = anybody.get(f"{nginx.base_url}{address}{ending}", timeout=30), asked + 1
            assert not PRIVATE.search(answer.text), f"{address}{ending}"
        assert asked >= 200
        assert not PRIVATE.search(nginx.kept().decode(errors="replace"))
        style = re.search(r'href="(/static/[^"]+\.css)"', today)[1]
        for session in (mother, anybody):
            answer = session.get(nginx.base_url + style, timeout=30)
        assert answer.headers["X-Cache"] == "HIT", "the cache works: a style sheet is kept"


def test_nginx_writes_down_neither_tokens_nor_searches(portal_behind, tmp_path):
    portal = portal_behind(1)
    secrets = ("tokenthatopens", "headlice")
    with Nginx(tmp_path / "nginx", portal) as nginx:
        addresses = (f"/invitation/{secrets[0]}/", f"/search/?q={secrets[1]}")
        for address in addresses:
            requests.get(nginx.base_url + address, timeout=30)
        portal.stop()
        for address in addresses:
            assert requests.get(nginx.base_url + address, timeout=30).status_code == 502
        logs = [path.read_text() for path in nginx.folder.glob("*.log")]
        assert logs and not [word for word in secrets for log in logs if word in log]
