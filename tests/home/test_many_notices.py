"""Ten thousand notices: as many queries as for ten, and at most twice the time."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from home.audiences import Audience
from home.models import NoticePage, NoticesPage
from tests.cast import signed_in
from tests.home.stories import notice, second_room
from tests.pace import queries, worth

pytestmark = pytest.mark.django_db
MANY = 10_000
ADDRESSES = ["/", "/notices/", "/today/"]


def add_many(number, room):
    """Rows as Wagtail would have made them one by one, in two strokes; a tenth is public, a fifth is for a room."""
    parent, kind = NoticesPage.objects.get(), ContentType.objects.get_for_model(NoticePage)
    begin, now = Page.objects.order_by("-pk").first().pk + 1, timezone.now()
    pages = [
        Page(
            pk=begin + n,
            path=f"{parent.path}{Page._int2str(5000 + n).rjust(4, '0')}",
            depth=parent.depth + 1,
            title=f"Notice {n}",
            draft_title=f"Notice {n}",
            slug=f"many-{n}",
            url_path=f"{parent.url_path}many-{n}/",
            content_type=kind,
            locale=parent.locale,
            live=True,
            first_published_at=now,
        )
        for n in range(number)
    ]
    Page.objects.bulk_create(pages)
    audiences = [Audience.PUBLIC, Audience.ROOM, Audience.ROOM, Audience.STAFF, *[Audience.FAMILIES] * 6]
    rows = [(begin + n, audiences[n % 10], timezone.localdate(), f"<p>Words {n}.</p>") for n in range(number)]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO home_noticepage (page_ptr_id, audience, posted_on, words, picture_description, picture_shows,"
            " pinned, telling, phrase, consent_confirmed) VALUES (%s, %s, %s, %s, '', '', false, 'quiet', '', false)",
            rows,
        )
    rooms = NoticePage.rooms.through
    rooms.objects.bulk_create(
        rooms(noticepage_id=pk, room_id=room.pk) for pk, audience, *_rest in rows if audience == Audience.ROOM
    )
    parent.numchild += number
    parent.save(clean=False)


def measured(client, address):
    return queries(client, address), worth(client, address)


@pytest.mark.prove
def test_a_list_of_ten_thousand_costs_what_a_list_of_ten_costs(cast, record_property):
    oaks = second_room(cast)
    for number in range(10):
        notice(f"One of ten {number}", Audience.PUBLIC)
    readers = {"a visitor": Client(), "Ewa": signed_in(cast.mother), "Sara": signed_in(cast.key_person)}
    visits = [(who, address) for who in readers for address in ADDRESSES if who != "a visitor" or address != "/today/"]
    of_ten = {visit: measured(readers[visit[0]], visit[1]) for visit in visits}
    add_many(MANY, oaks)
    assert NoticePage.objects.visible_to(cast.mother).count() > MANY * 0.8
    for visit in visits:
        asked, took = measured(readers[visit[0]], visit[1])
        record_property("notices", [*visit, of_ten[visit][1], took])
        assert asked == of_ten[visit][0] > 0, visit
        assert took <= 2 * of_ten[visit][1], (visit, of_ten[visit][1], took)
