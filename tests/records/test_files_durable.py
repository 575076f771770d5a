"""A private file reaches the disk in the order that survives a power cut."""

import os
import stat

import pytest

from records import files
from records.models import StoredFile


@pytest.mark.django_db
def test_the_bytes_and_every_folder_above_reach_the_disk_before_the_row(cast, monkeypatch):
    """The file itself first, while it still has its draft's name; then each folder from the inside out; then the row."""
    steps = []
    real_sync, real_replace = os.fsync, os.replace

    def sync(opened):
        kind = "folder" if stat.S_ISDIR(os.fstat(opened).st_mode) else "file"
        steps.append((kind, StoredFile.objects.count()))
        real_sync(opened)

    def replace(old, new):
        steps.append(("rename", StoredFile.objects.count()))
        real_replace(old, new)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", replace)
    before = StoredFile.objects.count()
    files.keep(os.urandom(64), "image/jpeg")
    assert [kind for kind, _count in steps] == ["file", "rename", "folder", "folder", "folder", "folder"]
    assert {count for _kind, count in steps} == {before}
