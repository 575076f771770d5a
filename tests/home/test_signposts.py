"""The directory of those who can help: who is shown what, leaving quickly, no trace, and links tried without harm."""

import datetime
import logging
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from home import links
from home.actions_signposts import check_links
from home.models import Agency, LinkCheck, Topic
from home.tasks import try_links
from records.models import AccessLogEntry, AuditLine
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
OUT_THERE = "93.184.215.14"


def agency(name="The Lantern Line", topic="domestic-abuse", **facts):
    usual = {"words": "Listens.", "checked_on": datetime.date(2026, 10, 1), "url": "https://lantern.example.org/"}
    made = Agency.objects.create(name=name, **(usual | facts))
    made.topics.set(Topic.objects.filter(slug=topic))
    return made


def words_of(client, address):
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_it_begins_with_topics_and_without_anybody():
    assert Topic.objects.count() == 10
    assert set(Topic.objects.filter(sensitive=True).values_list("slug", flat=True)) == {
        "bereavement",
        "mental-health",
        "drugs-and-alcohol",
        "domestic-abuse",
    }
    assert not Agency.objects.exists()


def test_by_topic_area_and_language(client):
    agency()
    agency("Corner", "housing", area="Hazelby", languages="English, Polski")
    agency("Far", "housing", area="Elsewhere")
    housing = words_of(client, "/help-near-you/housing/")
    assert "Corner" in housing and "Far" in housing and "Lantern" not in housing
    here = words_of(client, "/help-near-you/?area=Hazelby")
    assert "Corner" in here and "Lantern" in here and "<h3>Far" not in here  # whoever helps everywhere helps here
    polish = words_of(client, "/help-near-you/?language=Polski")
    assert "Corner" in polish and "Lantern" not in polish
    assert "Last checked in October 2026" in here
    nobody = words_of(client, "/help-near-you/bereavement/?area=Hazelby")
    assert "Nobody here for that place and language yet." in nobody and 'href="/help-near-you/bereavement/"' in nobody
    assert client.get("/help-near-you/?area=%00&language=<b>").status_code == 200


def test_what_is_for_those_who_work_here_is_shown_to_nobody_else(cast, client):
    agency("Area team", "special-needs", audience="staff")
    agency("Old number", "special-needs", in_use=False)
    for who in ("key_person", "manager", "chair"):
        assert "Area team" in words_of(signed_in(getattr(cast, who)), "/help-near-you/"), who
    for reader in (client, signed_in(cast.mother), signed_in(cast.grandmother)):
        for address in ("/help-near-you/", "/help-near-you/special-needs/", "/search/?q=area"):
            assert "Area team" not in words_of(reader, address)
            assert "Old number" not in words_of(reader, address)


def test_a_sensitive_topic_can_be_left_quickly_and_says_what_stays(client, settings):
    agency()
    page = words_of(client, "/help-near-you/domestic-abuse/")
    assert f'href="{settings.LEAVE_FOR}"' in page
    assert "data-leave" in page
    assert "history still shows" in page
    assert "data-leave" not in words_of(client, "/help-near-you/housing/")


def test_nobodys_look_leaves_a_trace(cast, client, caplog):
    agency()
    Topic.objects.filter(slug="housing").delete()
    mother = signed_in(cast.mother)
    before = (AccessLogEntry.objects.count(), AuditLine.objects.count())
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="django.request"):
        for reader in (client, mother):
            answer = reader.get("/help-near-you/domestic-abuse/")
            assert answer["Referrer-Policy"] == "no-referrer"
            assert reader.get("/help-near-you/nobody-knows-this-topic/").status_code == 404
            reader.get("/search/?q=frightened")
    assert (AccessLogEntry.objects.count(), AuditLine.objects.count()) == before
    assert "domestic" not in str(dict(mother.session))
    written = "\n".join(
        logging.Formatter().format(record) for record in caplog.records if record.name != "django.db.backends"
    )
    assert "nobody-knows" not in written
    assert "domestic" not in written
    assert "frightened" not in written


def test_whoever_works_here_gets_a_line_to_send(cast, client, settings):
    line = f'value="{settings.SITE_URL}/help-near-you/housing/"'
    assert line in words_of(signed_in(cast.key_person), "/help-near-you/housing/")
    assert line not in words_of(client, "/help-near-you/housing/")


def test_the_directory_costs_the_same_for_one_and_for_thirty(client, django_assert_num_queries):
    agency()
    client.get("/help-near-you/")
    with CaptureQueriesContext(connection) as one:
        client.get("/help-near-you/")
    for number in range(29):
        agency(f"Agency {number}", "housing")
    with django_assert_num_queries(len(one)):
        client.get("/help-near-you/")
    assert len(one) <= 8


def test_editors_keep_it_and_take_it_away_as_a_table(cast):
    kept = agency()
    editor = signed_in(cast.editor)
    listing = reverse("wagtailsnippets_home_agency:list")
    assert kept.name in editor.get(listing, {"q": "lantern"}).content.decode()
    assert kept.name not in editor.get(listing, {"q": "zebra"}).content.decode()
    table = b"".join(editor.get(listing, {"export": "csv"}).streaming_content).decode()
    assert kept.name in table
    assert signed_in(cast.manager).get(listing).status_code == 404
    assert editor.get(reverse("wagtailsnippets_home_topic:list")).status_code == 200


# Links that are tried.


class Answers:
    """Stands for the internet: what each host answers, and who was asked."""

    def __init__(self, monkeypatch, **hosts):
        self.asked, self.hosts, self.names = [], hosts, {}
        monkeypatch.setattr(links, "addresses_of", lambda host, port: self.names.get(host, [OUT_THERE]))
        monkeypatch.setattr(links, "ask", self.through(links.ask))
        monkeypatch.setattr(links, "open_socket", self.no_network)

    def through(self, really):
        def ask(method, url):
            self.asked.append(f"{method} {url}")
            for start, answer in self.hosts.items():
                if f"//{start}." in url:
                    said = answer(method) if callable(answer) else answer
                    return said if isinstance(said, tuple) else (said, "")
            return really(method, url)

        return ask

    def no_network(self, address, port):
        raise AssertionError(f"the network was asked for {address}")


@pytest.mark.parametrize("status", [200, 204, 401, 429])
def test_a_link_that_answers_is_no_trouble(monkeypatch, status):
    Answers(monkeypatch, good=status)
    assert links.trouble_with("https://good.example.org/") == ""


@pytest.mark.parametrize(("status", "said"), [(404, "404"), (410, "410"), (500, "500")])
def test_a_link_that_is_dead_says_why(monkeypatch, status, said):
    Answers(monkeypatch, dead=status)
    assert said in links.trouble_with("https://dead.example.org/")


def test_a_server_that_dislikes_head_is_asked_as_a_reader_would(monkeypatch):
    net = Answers(monkeypatch, shy=lambda method: 405 if method == "HEAD" else 200)
    assert links.trouble_with("https://shy.example.org/") == ""
    assert [each.split()[0] for each in net.asked] == ["HEAD", "GET"]


def test_going_round_in_circles_ends(monkeypatch):
    net = Answers(monkeypatch, round=(302, "https://round.example.org/again"))
    assert links.trouble_with("https://round.example.org/") == "It sends us on and on."
    assert len(net.asked) == links.MOST_STEPS


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.9", "169.254.169.254", "0.0.0.0", "224.0.0.1", "100.64.0.1", "::1",  # noqa: S104  what must not be asked
     "fe80::1%eth0", "fc00::5", "::ffff:127.0.0.1", "2002:7f00:1::"],
)  # fmt: skip
def test_a_private_address_is_never_asked(monkeypatch, address):
    net = Answers(monkeypatch, friendly=(302, "http://trap.example.org/latest/"))
    net.names["trap.example.org"] = [address]
    for start in ("http://trap.example.org/", "https://friendly.example.org/"):
        assert "private address" in links.trouble_with(start)


def test_one_private_address_among_others_is_enough(monkeypatch):
    net = Answers(monkeypatch)
    net.names["two.example.org"] = [OUT_THERE, "127.0.0.1"]
    assert "private address" in links.trouble_with("http://two.example.org/")


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example.org/", "file:///etc/passwd", "http://a.example.org:8000/", "http://", "javascript:alert(1)",
     "http://a.example.org:99999/", "https://[::1"],
)  # fmt: skip
def test_only_ordinary_addresses_are_tried(monkeypatch, url):
    Answers(monkeypatch)
    assert links.trouble_with(url)


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch):
    asked = []
    net = Answers(monkeypatch)
    net.names["a.example.org"] = [OUT_THERE]
    monkeypatch.setattr(links, "open_socket", lambda address, port: asked.append((address, port)) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        links.trouble_with("http://a.example.org/x?y=1")
    assert asked == [(OUT_THERE, 80)]


def test_the_worker_tries_only_where_it_may_and_each_link_once_a_week(cast, monkeypatch, settings):
    gone, kept = agency("Gone"), agency("Kept", url="https://good.example.org/")
    agency("Without a website", url="")
    Answers(monkeypatch, lantern=404, good=200)
    assert try_links() == 0
    assert not LinkCheck.objects.exists()
    settings.CHECK_LINKS = True
    assert try_links() == 2
    assert try_links() == 0
    assert list(Agency.objects.in_trouble()) == [gone]
    LinkCheck.objects.filter(agency=kept).update(tried_at=timezone.now() - datetime.timedelta(days=8))
    Agency.objects.filter(pk=gone.pk).update(url="https://good.example.org/new")
    assert check_links() == 2
    assert not Agency.objects.in_trouble().exists()
    report = signed_in(cast.editor).get(reverse("links_without_answer"))
    assert "Every website that was tried has answered." in report.content.decode()


def test_the_report_names_what_is_dead(cast, monkeypatch, settings):
    agency("Gone")
    Answers(monkeypatch, lantern=404)
    check_links()
    report = signed_in(cast.editor).get(reverse("links_without_answer")).content.decode()
    assert "Gone" in report and "It answers: error 404." in report and "CHECK_LINKS" in report
    assert signed_in(cast.manager).get(reverse("links_without_answer")).status_code == 404
