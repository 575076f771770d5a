"""Each action asks for itself whether this person may see what they act on: no view is trusted with it."""

import uuid

import pytest

from home.actions_notices import notice_opened
from home.audiences import Audience
from home.models import NoticeRead
from portal.journal import actions
from portal.journal.models import Comment, Thanks
from portal.progress import actions_family
from portal.progress.models import Remark, Seen
from procedures.audiences import Audience as Readers
from records.refused import ActionRefused
from tests.home.test_notices import notice as published
from tests.journal.pages import shared, write
from tests.procedures.made import published as procedure
from tests.progress.stories import asked, make_two
from versions.actions import acknowledge
from versions.models import Acknowledgement, PageVersion

pytestmark = pytest.mark.django_db


def say(observation, child, by):
    return actions.comment(observation, child, by=by, words="How lovely.", idempotency_key=uuid.uuid4())


def thank(observation, child, by):
    return actions.thank(observation, child, by=by)


@pytest.mark.parametrize("do", [say, thank])
def test_nobody_says_or_thanks_something_for_a_page_that_they_cannot_read(cast, do):
    of_tobi, draft = shared(cast.key_person, cast.tobi), write(cast.key_person, cast.maja)
    mine = shared(cast.key_person, cast.maja)
    for page, child, by in (
        (of_tobi, cast.maja, cast.mother),  # another family's page, under one's own child
        (of_tobi, cast.tobi, cast.mother),
        (draft, cast.maja, cast.mother),
        (mine, cast.leon, cast.mother),  # in the journal of a child who is not on it
        (mine, cast.maja, cast.barred_father),
    ):
        with pytest.raises(ActionRefused):
            do(page, child, by)
    assert not Comment.objects.exists() and not Thanks.objects.exists()
    actions.withdraw(mine, by=cast.key_person)
    with pytest.raises(ActionRefused):
        do(mine, cast.maja, cast.mother)
    do(shared(cast.key_person, cast.maja), cast.maja, cast.mother)
    assert Comment.objects.exists() or Thanks.objects.exists()


def test_nobody_says_something_to_a_check_that_they_cannot_read(cast):
    check = asked(make_two(cast.maja), cast.key_person)
    for person in (cast.mother, cast.other_mother, cast.barred_father):
        with pytest.raises(ActionRefused):
            actions_family.say(check, by=person, words="x", idempotency_key=uuid.uuid4())
        with pytest.raises(ActionRefused):
            actions_family.mark_seen(check, person)
    assert not Remark.objects.exists() and not Seen.objects.exists()


def test_nobody_has_read_what_is_not_for_them(cast):
    notice = published("Rota", Audience.STAFF)
    notice_opened(notice, cast.mother)
    assert not NoticeRead.objects.filter(notice=notice, person=cast.mother).exists()
    notice_opened(notice, cast.key_person)
    assert NoticeRead.objects.filter(notice=notice, person=cast.key_person).exists()


def test_nobody_has_read_a_version_that_is_not_for_them(cast):
    page = procedure("04.03 Knives\n\n- Knives live behind the cupboard.\n", Readers.STAFF)
    version = PageVersion.objects.get(page=page)
    with pytest.raises(ActionRefused):
        acknowledge(version, cast.mother)
    assert not Acknowledgement.objects.filter(version=version).exists()
    assert acknowledge(version, cast.key_person).person == cast.key_person
