import pytest

from documents.samples import add_sample_forms


@pytest.fixture
def forms(db):
    """The three sample forms: outings and photographs, agreement, emergency treatment."""
    return add_sample_forms()


@pytest.fixture
def kept_apart(settings, tmp_path):
    """Files and keys of this test alone."""
    settings.DATA_DIR = tmp_path
    settings.KEYS_DIR, settings.FILES_DIR = tmp_path / "keys", tmp_path / "files"
    return tmp_path
