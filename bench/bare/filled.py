"""Run as a module: the bare project's tables, somebody to sign in, and 200 entries of which 20 are shown."""

from datetime import timedelta

import django

PICTURES = 2


def fill():
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.utils import timezone

    from bench.bare.models import Entry, Picture
    from bench.crowd import AREAS, WORDS

    call_command("migrate", verbosity=0, run_syncdb=True)
    reader = User.objects.create_user("ewa", first_name="Ewa", last_name="Nowicka")
    author = User.objects.create_user("sara", first_name="Sara", last_name="Lind")
    for number in range(200):
        entry = Entry.objects.create(
            journal=number % 10,
            author=author,
            words=WORDS,
            areas=", ".join(AREAS),
            dated_at=timezone.now() - timedelta(hours=number),
        )
        for place in range(PICTURES):
            Picture.objects.create(entry=entry, words=f"Picture {place}", width=1920, height=1440)
    assert reader.pk and Entry.objects.filter(journal=1).count() == 20  # noqa: S101 - else the list measures something else


if __name__ == "__main__":
    fill()
