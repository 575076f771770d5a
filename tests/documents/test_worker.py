"""Exactly one paper for each signature, however often the worker is killed."""

import fcntl
import io
import os
import random
import signal
import subprocess
import sys
import time

import pikepdf
import pytest
from django.conf import settings as the_settings
from django.db import IntegrityError

from documents import actions, paper, tasks
from documents.models import Signature, SignedDocument
from documents.samples import add_sample_forms
from people.accounts import actions_me
from portal.demo.cast import build_cast, load_cast
from records import files, work
from records.models import StoredFile
from tests.database import PROJECT
from tests.documents.both_standards import assert_both_standards
from tests.documents.stories import sign


@pytest.fixture(autouse=True)
def nothing_failed_before():
    tasks.later.clear()
    yield
    tasks.later.clear()


@pytest.fixture
def signature(cast, forms):
    return sign(actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager))


def again(signature):
    """The next round, a minute later."""
    tasks.later.clear()
    made = tasks.make_papers()
    assert SignedDocument.objects.filter(signature=signature).count() == 1
    return made


class Killed(BaseException):
    """What a kill looks like from inside."""


@pytest.mark.parametrize("moment", ["before the file", "between file and row", "inside the row's transaction"])
def test_killed_at_any_moment_leaves_exactly_one_paper(signature, monkeypatch, moment):
    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        if moment == "before the file":
            patch.setattr(files, "keep", killed)
        elif moment == "between file and row":
            patch.setattr(SignedDocument.objects, "get_or_create", killed)
        else:
            patch.setattr(actions.audit, "record", killed)
        with pytest.raises(Killed):
            tasks.make_papers()
    assert not SignedDocument.objects.exists()
    assert again(signature) == 1
    # The paper made again is the same file, so nothing is left over.
    assert StoredFile.objects.filter(media_type="application/pdf").count() == 1


def test_made_twice_it_is_the_same_paper_and_one_row(signature):
    first = paper.make(signature)
    assert actions.keep_paper(signature, first) == actions.keep_paper(signature, paper.make(signature))
    with pytest.raises(IntegrityError):
        SignedDocument.objects.create(signature=signature, file=StoredFile.objects.get(), sha256="x")


def test_one_that_cannot_be_made_holds_up_no_other(cast, forms, signature, monkeypatch):
    other = sign(actions.ask(cast.tobi, cast.other_mother, forms[0], by=cast.manager))
    whole = paper.make

    def sometimes(each):
        if each.pk == signature.pk:
            raise ValueError("no paper today")
        return whole(each)

    monkeypatch.setattr(paper, "make", sometimes)
    with pytest.raises(ValueError, match="no paper today"):
        tasks.make_papers()
    assert [each.signature_id for each in SignedDocument.objects.all()] == [other.pk]
    assert tasks.make_papers() == 0  # it waits a minute before it tries again
    monkeypatch.undo()
    assert again(signature) == 1


def test_whoever_asked_for_large_print_signs_a_paper_in_large_print(cast, signature, tmp_path):
    ordinary = paper.make(signature)
    actions_me.keep_about_me(cast.mother, large_print=True)
    large = paper.make(signature)
    for each in (ordinary, large):
        assert_both_standards(each, tmp_path)
    with pikepdf.open(io.BytesIO(ordinary)) as one, pikepdf.open(io.BytesIO(large)) as other:
        assert len(other.pages) > len(one.pages)
        assert sorted(one.attachments) == sorted(other.attachments) == ["record.json"]


def test_the_worker_knows_of_papers():
    assert tasks.make_papers in [each.function for each in work.BESIDE]


def test_two_makers_do_not_work_at_the_same_time(signature):
    with open(the_settings.DATA_DIR / "papers.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert tasks.make_papers() == 0
    assert tasks.make_papers() == 1


def test_the_paper_names_one_adult_and_its_request(signature, cast):
    page = paper.page_of(signature)
    for there in (cast.mother.full_name, "Maja Nowicka-Reed", signature.reference, str(signature.ask_id)):
        assert there in page
    for other in (cast.father, cast.stepfather, cast.manager):
        assert other.full_name not in page
    assert "<title>Outings and photographs – Hazel Lane Pre-school</title>" in page


def test_what_is_typed_cannot_become_part_of_the_page(cast, forms):
    ask = actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager)
    signature = sign(ask, long='<img src="http://127.0.0.1:9/x"><script>1</script>{{ 1 }} ' + "\u202e 👍 \u0007 你")
    assert "&lt;img" in paper.page_of(signature) and "<img" not in paper.page_of(signature)
    assert tasks.make_papers() == 1


MAKER = """
import django; django.setup()
from datetime import datetime, UTC
from documents import seal, tasks
from documents.typesetting import typesetter
typesetter().public("<p>warm</p>", made_at=datetime.now(UTC)); seal.signer()
print("ready", flush=True)
while tasks.make_papers(): pass
"""


@pytest.mark.prove
def test_a_worker_killed_twenty_times_loses_no_paper_and_makes_none_twice(own_database):
    """Real processes, really killed, at a moment between 0 and 800 milliseconds into their work."""
    build_cast()
    cast, forms = load_cast(), add_sample_forms()
    dice, killed_at_work = random.Random(28), 0  # noqa: S311
    for attempt in range(20):
        for child, adult in ((cast.maja, cast.mother), (cast.tobi, cast.other_mother)):
            sign(actions.ask(child, adult, forms[attempt % 3], by=cast.manager))
        maker = subprocess.Popen(
            [sys.executable, "-c", MAKER], cwd=PROJECT, env=own_database, stdout=subprocess.PIPE, text=True
        )
        assert maker.stdout.readline() == "ready\n"
        time.sleep(dice.random() * 0.8)
        killed_at_work += maker.poll() is None
        os.kill(maker.pid, signal.SIGKILL)
        maker.communicate()
    subprocess.run([sys.executable, "-c", MAKER], cwd=PROJECT, env=own_database, check=True, stdout=subprocess.DEVNULL)
    assert killed_at_work >= 5, "hardly anything was killed at work: the test proves nothing"
    assert SignedDocument.objects.count() == Signature.objects.count() == 40
    stored = set(StoredFile.objects.filter(media_type="application/pdf").values_list("sha256", flat=True))
    assert {each.sha256 for each in SignedDocument.objects.all()} == stored
    for each in SignedDocument.objects.select_related("file"):
        assert each.file.read()
