"""Home page, notices and pages of information of Hazel Lane in the demo."""

from home.actions import name_site
from home.samples import add_reading_samples, add_sample_pages
from people.setting.models import Setting


def add_demo(cast):
    """Publish what everybody reads; the cast wrote none of it."""
    add_sample_pages()
    add_reading_samples()
    name_site(Setting.now().name)
