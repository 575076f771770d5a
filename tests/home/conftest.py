import pytest
from django.core.cache import cache

from home import samples


@pytest.fixture
def umbrella(settings, tmp_path):
    """A picture of the website in a folder of its own; Wagtail remembers sizes in a cache that outlives a test."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    return samples.umbrella()
