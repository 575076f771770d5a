"""What somebody tries at the door who has no business there."""

import threading
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from people.accounts import known_device, passwords
from people.accounts.models import Authenticator, Person
from people.families import actions_family
from people.mail.models import OutgoingMail
from portal.demo.cast import PASSWORD, build_cast
from tests.cast import signed_in

EWA, WRONG = "ewa@example.org", "guess"


def try_to_come_in(email=EWA, password=WRONG, client=None, **headers):
    return (client or Client()).post("/sign-in/", {"email": email, "password": password}, **headers)


@pytest.mark.django_db
@pytest.mark.parametrize("proxies", [0, 1])
def test_a_thousand_spoofed_addresses_give_no_extra_try(cast, settings, proxies, monkeypatch):
    settings.TRUSTED_PROXIES = proxies
    asked = []
    real = Person.check_password
    monkeypatch.setattr(Person, "check_password", lambda self, raw: asked.append(raw) or real(self, raw))
    for number in range(60):
        spoofed = f"198.51.{number % 250}.{number}, 203.0.113.9" if proxies else f"198.51.{number % 250}.{number}"
        try_to_come_in(HTTP_X_FORWARDED_FOR=spoofed, REMOTE_ADDR="192.0.2.7")
    assert len(asked) <= 10
    assert try_to_come_in(password=PASSWORD).status_code == 429
    addresses = {
        known_device.network_of(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=f"10.0.0.{n % 256}, 203.0.113.9"))
        for n in range(1_000)
    }
    assert addresses == {"203.0.113.9" if proxies else "127.0.0.1"}


@pytest.mark.parametrize(
    ("forwarded", "proxies", "network"),
    [
        ("203.0.113.9", 1, "203.0.113.9"),
        ("evil, 203.0.113.9", 1, "203.0.113.9"),
        ("1.1.1.1, 203.0.113.9, 10.0.0.1", 2, "203.0.113.9"),
        ("203.0.113.9", 2, "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", 1, "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::9", 1, "2001:db8:1:2::"),
        ("::ffff:203.0.113.9", 1, "203.0.113.9"),
        ("not an address", 1, known_device.NOBODYS),
        ("", 1, known_device.NOBODYS),
        ("1.1.1.1", 0, "192.0.2.7"),
    ],
)
def test_only_what_our_own_proxies_saw_counts_as_the_network(settings, forwarded, proxies, network):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR="192.0.2.7")
    assert known_device.network_of(request) == network


WAYS = [
    before + "".join(letter.upper() if (number >> place) & 1 else letter for place, letter in enumerate(EWA)) + after
    for number, (before, after) in enumerate([("", ""), (" ", ""), ("", " "), ("  ", "\t"), ("\n", "  ")] * 10)
]


@pytest.mark.django_db
def test_no_way_of_writing_a_name_gives_an_extra_try(cast, monkeypatch):
    asked = []
    monkeypatch.setattr(Person, "check_password", lambda self, raw: asked.append(raw))
    assert len(set(WAYS)) == 50
    for name in WAYS:
        try_to_come_in(name)
    assert len(asked) <= 10


@pytest.mark.django_db
def test_ten_tries_from_ten_networks_are_ten_tries(cast):
    for number in range(10):
        try_to_come_in(REMOTE_ADDR=f"203.0.113.{number}")
    assert try_to_come_in(password=PASSWORD, REMOTE_ADDR="203.0.113.99").status_code == 429


@pytest.mark.django_db
def test_whoever_is_locked_out_by_others_still_gets_in_on_their_own_phone(cast):
    phone = Client()
    assert try_to_come_in(password=PASSWORD, client=phone).status_code == 302
    assert phone.cookies["known"]["httponly"]
    phone.get("/today/")
    phone.post("/sign-out/")
    for _n in range(20):
        try_to_come_in()
    assert try_to_come_in(password=PASSWORD).status_code == 429
    assert try_to_come_in(password=PASSWORD, client=phone).status_code == 302


@pytest.mark.django_db
def test_a_known_device_has_ten_tries_too_and_its_mark_is_nobody_elses(cast):
    phone = Client()
    try_to_come_in(password=PASSWORD, client=phone)
    phone.post("/sign-out/")
    for _n in range(11):
        last = try_to_come_in(client=phone)
    assert last.status_code == 429
    for _n in range(10):
        try_to_come_in("folake@example.org")
    assert try_to_come_in("folake@example.org", PASSWORD, client=phone).status_code == 429
    forged = Client()
    forged.cookies["known"] = phone.cookies["known"].value[:-3] + "abc"
    assert try_to_come_in(password=PASSWORD).status_code == 302, "on a strange device nobody has tried yet"


@pytest.mark.django_db
def test_one_network_that_tries_many_names_has_to_wait_and_a_known_device_in_it_has_not(cast):
    phone = Client()
    try_to_come_in(password=PASSWORD, client=phone, REMOTE_ADDR="203.0.113.5")
    phone.post("/sign-out/")
    for number in range(known_device.OF_A_NETWORK):
        try_to_come_in(f"leaked{number}@example.org", REMOTE_ADDR="203.0.113.5")
    assert try_to_come_in("folake@example.org", PASSWORD, REMOTE_ADDR="203.0.113.5").status_code == 429
    assert try_to_come_in("folake@example.org", PASSWORD, REMOTE_ADDR="203.0.113.6").status_code == 302
    assert try_to_come_in(password=PASSWORD, client=phone, REMOTE_ADDR="203.0.113.5").status_code == 302


@pytest.mark.django_db
def test_a_novel_is_never_hashed(cast, monkeypatch):
    hashed = []
    monkeypatch.setattr(Person, "check_password", lambda self, raw: hashed.append(raw))
    monkeypatch.setattr(Person, "set_password", lambda self, raw: hashed.append(raw))
    from people.accounts.sign_in import check_password

    request = RequestFactory().post("/sign-in/")
    assert check_password(request, EWA, "x" * 100_000) is None
    assert try_to_come_in(password="x" * 100_000).status_code == 200
    assert hashed == []


@pytest.mark.django_db
def test_a_session_gets_a_new_number_at_each_step_and_none_that_was_brought_along(cast):
    from django.contrib.sessions.models import Session

    client = Client()
    client.cookies["session"] = "brought" + "a" * 25
    numbers = ["brought" + "a" * 25]
    client.post("/sign-in/", {"email": "helen@example.org", "password": PASSWORD})
    numbers.append(client.cookies["session"].value)
    code = Authenticator.objects.get(user=cast.manager).code_now()
    client.post("/sign-in/code/", {"code": code})
    numbers.append(client.cookies["session"].value)
    assert len(set(numbers)) == 3
    assert client.get("/today/").status_code == 200
    client.post("/sign-out/")
    assert not Session.objects.filter(session_key__in=numbers).exists(), "they are gone from the server, too"
    for number in numbers:
        other = Client()
        other.cookies["session"] = number
        assert other.get("/today/").status_code == 302


def test_one_code_posted_fifty_times_at_once_opens_one_session(own_database):
    build_cast()
    manager = Person.objects.get(email="helen@example.org")
    code, opened, begin = Authenticator.objects.get(user=manager).code_now(), [], threading.Barrier(10)
    clients = [signed_in(manager, second_factor=False) for _ in range(50)]

    def post(mine):
        begin.wait()
        for client in mine:
            client.post("/sign-in/code/", {"code": code})
            opened.append(client.get("/today/").status_code == 200)
        connection.close()

    threads = [threading.Thread(target=post, args=(clients[part::10],)) for part in range(10)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(opened) == 50
    assert sum(opened) == 1


AWAY = [
    start + "evil.example" + end
    for start in (
        "//", "///", "////", "/\\", "\\\\", "\\/", "http://", "https://", "HTTPS://", "https:", "https:/", "ftp://",
        "/\t/", "/\n/", "\t//", " //", "/%09/", "//%20", "/%2f", "%2f%2f", "/%5c", "//user@", "//testserver@",
        "https://testserver@", "https://testserver.", "//[::1]@", "\x00//", "/\r/", "//\u3002", "//ｅ",
    )
    for end in ("", "/today/")
] + ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", "//xn--80ak6aa92e.example", "mailto:a@b"]  # fmt: skip


@pytest.mark.django_db
def test_nobody_is_led_away_after_signing_in(cast):
    assert len(AWAY) >= 60
    for away in AWAY:
        for address in ("/sign-in/", "/prove/"):
            client = signed_in(cast.mother) if address == "/prove/" else Client()
            form = {"email": EWA, "password": PASSWORD, "next": away}
            told = client.post(address, form).headers.get("Location", "/today/")
            assert browser_stays(told), (address, away, told)
        already = signed_in(cast.mother).get("/sign-in/", {"next": away})
        assert browser_stays(already["Location"]), away


def browser_stays(location):
    """Whether a browser that gets this Location stays here: it drops tabs and line ends and takes \\ for /."""
    read = "".join(letter for letter in location if letter not in "\t\r\n").strip("\x00 ").replace("\\", "/")
    return read.startswith("/") and not read.startswith("//") and not urlsplit(read).netloc


HOSTS = [
    {"HTTP_HOST": host}
    for host in (
        "evil.example", "evil.example:80", "testserver@evil.example", "evil.example#testserver", "testserver.evil.example",
        "testserver:evil", "testserver/evil", "evil.example\\testserver", "[::1].evil.example", "0x7f000001", "testserver,evil",
        "testserver evil.example", "evil.example?testserver", "-", "*", "..", "testserver:99999999", "%74estserver",
        "tеstserver", "", "127.0.0.1.evil.example",
    )
] + [
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_FORWARDED": "host=evil.example"},
    {"HTTP_X_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_SERVER": "evil.example"},
    {"HTTP_X_ORIGINAL_URL": "https://evil.example/"},
    {"HTTP_X_REWRITE_URL": "//evil.example/"},
    {"HTTP_X_HTTP_HOST_OVERRIDE": "evil.example"},
    {"HTTP_X_FORWARDED_PORT": "666", "HTTP_X_FORWARDED_HOST": "evil.example"},
    {"SERVER_NAME": "evil.example"},
    {"HTTP_REFERER": "https://evil.example/"},
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("headers", HOSTS)
def test_no_host_header_gets_into_a_link_or_an_answer(cast, headers, settings):
    client = signed_in(cast.manager)
    client.raise_request_exception = False
    OutgoingMail.objects.all().delete()
    answer = client.post(f"/people/{cast.mother.pk}/invite/", **headers)
    mails = OutgoingMail.objects.filter(person=cast.mother)
    if answer.status_code != 400:
        assert f"{settings.SITE_URL}/invitation/" in mails.get().body
    assert not any("evil" in mail.body for mail in mails)
    page = client.get("/today/", **headers)
    assert page.status_code in (200, 302, 400)
    assert "evil.example" not in page.content.decode() + str(page.headers)


def test_there_are_thirty_of_them():
    assert len(HOSTS) >= 30


@pytest.mark.django_db
def test_bringing_in_an_adult_never_finds_somebody_by_their_address(cast):
    from django.db import IntegrityError, transaction

    facts = {"kind": "other", "parental_responsibility": "no", "level": 1, "shares_home_with": None}
    with pytest.raises(IntegrityError), transaction.atomic():
        actions_family.bring_in_adult(
            cast.noor, by=cast.manager, existing=None, full_name="Ewa Again", email=EWA, **facts
        )
    assert not cast.mother.relationships.filter(child=cast.noor).exists()


def test_passwords_are_hashed_slowly_outside_of_tests():
    from config import settings as as_they_are

    assert as_they_are.PASSWORD_HASHERS == ["people.accounts.passwords.Argon2"]
    assert passwords.Argon2().memory_cost >= 19 * 1024
