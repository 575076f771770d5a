"""Secrets are made in one place: on the disk before they are used, never shorter than they must be, never made anew."""

import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import checks, env, keys
from documents import seal
from people.accounts.models import Authenticator
from records import backup, checkpoint, encrypted

MAKERS = {
    "secret.key": lambda folder: env.secret("NO_SUCH_NAME", folder, make=True),
    "field.key": lambda folder: encrypted.field_key(),
    "backup.key": lambda folder: backup.passphrase(),
    "checkpoint.key": lambda folder: checkpoint.signing_key(),
    "seal.pem": lambda folder: seal.own_key(),
}


@pytest.fixture
def folder(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    return settings.KEYS_DIR


def test_every_kind_is_tried_here():
    assert set(MAKERS) == {kind.file_name for kind in keys.ALL}


@pytest.mark.parametrize("name", MAKERS)
def test_each_is_on_the_disk_before_it_is_used_and_its_owners_alone(name, folder, monkeypatch, db):
    synced, real = [], os.fsync

    def sync(number):
        synced.append(Path(f"/proc/self/fd/{number}").resolve().name)
        real(number)

    monkeypatch.setattr(os, "fsync", sync)
    MAKERS[name](folder)
    assert synced[0].startswith(f".{name}.") and synced[1] == "keys", "first the file, then its folder"
    path = folder / name
    assert path.stat().st_mode & 0o777 == 0o600 and folder.stat().st_mode & 0o777 == 0o700
    kind = next(kind for kind in keys.ALL if kind.file_name == name)
    assert len(path.read_bytes()) >= kind.shortest
    before = path.read_bytes()
    MAKERS[name](folder)
    assert path.read_bytes() == before and not synced[3:]


@pytest.mark.parametrize("content", ["", "  \n", "abc"])
@pytest.mark.parametrize("name", MAKERS)
def test_one_that_is_empty_or_cut_short_is_refused_and_never_made_anew(name, content, folder, db):
    folder.mkdir()
    (folder / name).write_text(content)
    (folder / name).chmod(0o600)
    with pytest.raises(keys.UnfitSecret, match="Bring it back from the recovery sheet"):
        MAKERS[name](folder)
    assert (folder / name).read_text() == content
    assert [problem.id for problem in checks.secrets_are_whole()] == ["bigbook.E007"]
    with pytest.raises(ImproperlyConfigured, match="it opens"):
        checks.refuse_unsafe_start()


def test_the_start_refuses_a_secret_that_others_can_read(folder):
    folder.mkdir()
    keys.write_once(folder / "field.key", keys.random_words(), mode=0o644)
    assert [problem.id for problem in checks.secrets_are_whole()] == ["bigbook.E008"]
    (folder / "field.key").chmod(0o600)
    assert checks.secrets_are_whole() == []


def test_of_two_that_make_it_at_once_the_first_counts(folder):
    def slowly():
        keys.write_once(folder / "field.key", b"f" * 50, mode=0o600)
        return b"s" * 50

    assert keys.kept(folder, keys.FIELDS, slowly) == b"f" * 50
    assert [path.name for path in folder.iterdir()] == ["field.key"]


def test_encrypted_fields_without_their_key_stop_the_start(folder, cast):
    encrypted._cipher.cache_clear()
    Authenticator.objects.all().delete()
    assert checks.encrypted_fields_have_their_key(databases=["default"]) == []
    Authenticator.objects.create(user=cast.mother, name="x", key=Authenticator.new_key())
    assert checks.encrypted_fields_have_their_key(databases=["default"]) == []
    (folder / "field.key").unlink()
    assert [problem.id for problem in checks.encrypted_fields_have_their_key(databases=["default"])] == ["bigbook.E009"]
    encrypted._cipher.cache_clear()
