"""What the command `doctor` tells whoever looks after the computer."""

import io

import pytest
from django.core.management import call_command

from documents import fonts
from people.mail.models import OutgoingMail
from records import room_left

pytestmark = pytest.mark.django_db


def said(status):
    out = io.StringIO()
    if status:
        with pytest.raises(SystemExit) as end:
            call_command("doctor", stdout=out)
        assert end.value.code == status
    else:
        call_command("doctor", stdout=out)
    return out.getvalue()


def test_a_healthy_machine_is_said_to_be_one(monkeypatch):
    monkeypatch.setattr(room_left, "share_left", lambda: 0.5)
    OutgoingMail.objects.all().delete()
    assert said(0) == "Nothing is the matter.\n"


def test_scripts_that_cannot_be_printed_and_a_full_disk_are_named(monkeypatch):
    monkeypatch.setattr(fonts, "scripts_that_cannot_be_printed", lambda: ["Chinese", "Korean"])
    monkeypatch.setattr(room_left, "share_left", lambda: 0.04)
    words = said(1)
    assert "Chinese, Korean" in words and fonts.DEBIAN_PACKAGE in words
    assert "Only 4% of the disk is free" in words
