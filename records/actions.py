"""Actions of the records themselves."""

from records.models import Installation


def mark_installation(kind: str) -> None:
    """Write down once what this database is: Installation.Kind.DEMO or REAL. It never becomes the other."""
    Installation.objects.get_or_create(pk=1, defaults={"kind": kind})
