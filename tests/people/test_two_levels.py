"""Trap 9: one account, two children, two levels. Marek takes part for Maja and decides everything for Leon."""

import pytest

from documents import actions as papers
from documents.models import Form
from documents.samples import add_sample_forms
from people.families.access import Level, access_of
from records.refused import ActionRefused
from tests.cast import signed_in


def test_each_childs_level_counts_for_that_child_only(cast):
    levels = access_of(cast.stepfather).levels
    assert levels == {cast.maja.pk: Level.PARTICIPATE, cast.leon.pk: Level.FULL}


def test_he_reads_both_journals_and_both_cards(cast):
    client = signed_in(cast.stepfather)
    for child in (cast.maja, cast.leon):
        assert client.get(f"/journal/{child.pk}/").status_code == 200
        assert client.get(f"/children/{child.pk}/").status_code == 200


def test_papers_permissions_and_who_has_looked_are_his_for_the_one_and_not_for_the_other(cast):
    add_sample_forms()
    client = signed_in(cast.stepfather)
    assert client.get(f"/children/{cast.leon.pk}/looks/").status_code == 200
    assert client.get(f"/children/{cast.maja.pk}/looks/").status_code == 404
    page = client.get("/papers/permissions/").content.decode()
    assert "Leon" in page
    assert "Maja" not in page
    form = Form.objects.get(code="P2")
    asked = papers.ask(cast.leon, cast.stepfather, form, by=cast.manager)
    assert client.get(f"/papers/{asked.pk}/").status_code == 200
    with pytest.raises(ActionRefused):
        papers.ask(cast.maja, cast.stepfather, form, by=cast.manager)
