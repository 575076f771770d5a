"""Every table says why it is held and until when."""

from django.apps import apps

from records.retention import Retention, retention_of
from tests.house.reading import PACKAGES


def test_every_model_says_how_long_it_is_kept():
    missing = []
    for model in apps.get_models(include_auto_created=True):
        try:
            retention = retention_of(model)
        except LookupError:
            missing.append(model._meta.label)
            continue
        assert str(retention.why).strip() and str(retention.until).strip(), model._meta.label
    assert not missing, f"No retention: {', '.join(missing)}"


def test_our_own_models_say_it_themselves():
    """A model of ours is not covered by a library's entry, nor by a parent class."""
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]
    assert ours
    silent = [model._meta.label for model in ours if not isinstance(vars(model).get("retention"), Retention)]
    assert not silent, f"No retention of their own: {', '.join(silent)}"
