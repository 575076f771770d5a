"""A POST that was held open while something was closed to its sender asks again before it writes."""

import io
import uuid
from urllib.parse import urlencode

import pytest

from people.families import actions_family
from people.families.access import RestrictionKind
from people.setting.models import RoleHeld
from portal.journal.models import Comment, Observation
from tests.cast import signed_in
from tests.journal.pages import shared

pytestmark = pytest.mark.django_db


class HeldOpen(io.BytesIO):
    """A request's body; between its beginning and its end something happens elsewhere."""

    def __init__(self, body, meanwhile):
        super().__init__(body)
        self.meanwhile = meanwhile

    def read(self, *args):
        if self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        return super().read(*args)


def post_held_open(client, path, form, meanwhile):
    body = urlencode(form, doseq=True).encode()
    return client.request(
        **{
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": HeldOpen(body, meanwhile),
        }
    )


def bar_the_father(cast):
    actions_family.restrict(
        cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.FULL, basis="Order, copy seen"
    )


def test_a_father_who_is_barred_while_he_sends_a_page_from_home_adds_nothing(cast):
    form = {"words": "He found a heron.", "idempotency_key": uuid.uuid4()}
    path = f"/journal/{cast.maja.pk}/add/"
    answer = post_held_open(signed_in(cast.father), path, form, lambda: bar_the_father(cast))
    assert answer.status_code in (403, 404)
    assert not Observation.objects.filter(author=cast.father).exists()
    form["idempotency_key"] = uuid.uuid4()
    assert post_held_open(signed_in(cast.mother), path, form, lambda: None).status_code == 302, (
        "the same, not held open"
    )


def test_nor_a_comment(cast):
    page = shared(cast.key_person, cast.maja)
    form = {"words": "I saw that, too.", "idempotency_key": uuid.uuid4()}
    path = f"/journal/{cast.maja.pk}/{page.pk}/"
    answer = post_held_open(signed_in(cast.father), path, form, lambda: bar_the_father(cast))
    assert answer.status_code in (403, 404)
    assert not Comment.objects.filter(author=cast.father).exists()


def test_whose_role_ends_while_she_sends_an_observation_writes_nothing(cast):
    def ends():
        RoleHeld.objects.filter(person=cast.key_person).update(ended_at="2026-01-01T00:00Z")

    form = {"words": "He built a tower.", "children": [str(cast.maja.pk)], "idempotency_key": uuid.uuid4()}
    answer = post_held_open(signed_in(cast.key_person), "/journal/write/", form, ends)
    assert answer.status_code != 302, "she is told, and what she typed is still there"
    assert not Observation.objects.filter(author=cast.key_person).exists()
