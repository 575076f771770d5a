"""The feed of public notices, for whoever follows it in a reader."""

from xml.etree.ElementTree import fromstring

import pytest

from home.audiences import Audience
from home.models import NoticePage, NoticesPage

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_summary_is_text_in_which_signs_mean_themselves(client):
    words = "<p>Children &lt; 3 &amp; their <b>parents</b>: bring socks.</p>"
    page = NoticePage(title="Socks & shoes", audience=Audience.PUBLIC, words=words, live=False)
    NoticesPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    feed = fromstring(client.get("/notices/feed/").content)  # noqa: S314
    entry = next(each for each in feed.iter(f"{ATOM}entry") if each.find(f"{ATOM}title").text == "Socks & shoes")
    (summary,) = entry.findall(f"{ATOM}summary")
    assert summary.get("type") == "text"
    assert summary.text.startswith("Children < 3 & their parents: bring socks.")


def test_a_letter_that_xml_cannot_hold_closes_the_feed_to_nobody(client):
    page = NoticePage(title="Socks\x0band shoes", audience=Audience.PUBLIC, words="<p>Bring\x01socks.</p>", live=False)
    NoticesPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    answer = client.get("/notices/feed/")
    assert answer.status_code == 200 and fromstring(answer.content) is not None  # noqa: S314
    assert "Socks and shoes" in answer.content.decode() and "Bring socks" in answer.content.decode()
