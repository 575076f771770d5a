"""Run as a module with a number of families: the cast, and so many around it, each with twenty pages or, of many, a hundred.

Rows are put in by the thousand, past the actions: this is a database to measure, and no story is told in it. The addresses
that the rows of the table open are written beside it.
"""

import sys
import uuid
from datetime import timedelta
from itertools import islice
from pathlib import Path

import django

WORDS = (
    "At the water table she found out that the red boat sinks when it is full and floats when it is empty. “It drinks the "
    "water”, she said, and tried it with every cup that we have, six times, counting aloud."
)
TO_FIND = ["boat", "cup", "floats", "sinks", "water"]  # of those words, as the search keeps them
AREAS = ["world", "mathematics", "communication"]
PAGES, FULL, LONG = 20, 100, 1000  # of a child's journal, of one where families are many, of one read to its end
PICTURES = 2


def in_thousands(model, rows):
    rows = iter(rows)
    while some := list(islice(rows, 2000)):
        model.objects.bulk_create(some)


class Crowd:
    """So many families of one parent and one child, and their journals."""

    def __init__(self, families):
        from portal.demo.cast import build_cast

        self.cast, self.families, self.is_many = build_cast(), families, families > 100

    def build(self):
        from django.utils import timezone

        from people.accounts.models import Authenticator
        from people.families.models import Child

        self.now = timezone.now()
        for person in (self.cast.mother, self.cast.foster_carer):  # families may have a second factor, and many will
            key = Authenticator.new_key()
            Authenticator.objects.create(user=person, name="Authenticator app", key=key, confirmed=True)
        others = self.families - len(self.cast.children) + 1  # Maja and Leon are of one family
        self.come(others)
        children = list(Child.objects.order_by("pk").values_list("pk", flat=True))
        self.write(children)

    def come(self, count):
        """Families of a parent and a child."""
        from people.accounts.models import Person
        from people.families.access import Level
        from people.families.models import Child, Kind, Relationship

        today = self.now.date()
        adults = [Person(full_name=f"Parent {n}", email=f"parent{n}@example.org", password="!") for n in range(count)]  # noqa: S106 - nobody can sign in with it
        Person.objects.bulk_create(adults, batch_size=2000)
        children = [
            Child(
                full_name=f"Child Number {n}",
                known_as=f"Child {n}",
                room=self.cast.maja.room,
                starts_on=today - timedelta(days=300),
                born_on=today - timedelta(days=1100 + n % 300),
            )
            for n in range(count)
        ]
        Child.objects.bulk_create(children, batch_size=2000)
        facts = {"kind": Kind.MOTHER, "parental_responsibility": "yes", "level": Level.FULL, "lives_with": True}
        ties = (
            Relationship(child=child, adult=adult, starts_on=child.starts_on, **facts)
            for child, adult in zip(
                children, Person.objects.filter(email__startswith="parent").order_by("pk"), strict=True
            )
        )
        in_thousands(Relationship, ties)

    def write(self, children):
        """The pages of each child with their photographs; for Noor, where there are many, a thousand."""
        from portal.journal.models import Observation, Photograph, Word
        from records.models import StoredFile

        self.files = StoredFile.objects.bulk_create(
            StoredFile(sha256=f"{n:064x}", size=1, media_type="image/jpeg") for n in range(3)
        )
        inside, seen_in = Observation.children.through, Photograph.children.through
        for start in range(0, len(children), 100):
            pages = []
            for child in children[start : start + 100]:
                pages += [(child, self.page(number)) for number in range(self.pages_of(child))]
            in_thousands(Observation, (page for _child, page in pages))
            in_thousands(inside, (inside(observation_id=page.pk, child_id=child) for child, page in pages))
            pictures = [(child, each) for child, page in pages for each in self.pictures(child, page)]
            in_thousands(Photograph, (each for _child, each in pictures))
            in_thousands(seen_in, (seen_in(photograph_id=each.pk, child_id=child) for child, each in pictures))
            told = (
                Word(observation=page, child_id=child, word=word)
                for number, (child, page) in enumerate(pages)
                for word in (*TO_FIND, f"rare{number % 97}")
            )
            in_thousands(Word, told)

    def pages_of(self, child):
        if not self.is_many:
            return PAGES
        return LONG if child == self.cast.noor.pk else FULL

    def pictures(self, child, page):
        """Two photographs a page; one where there are many families, but for those whose journal is read."""
        from portal.journal.models import Photograph

        read = child in (self.cast.maja.pk, self.cast.noor.pk) or not self.is_many
        small, large, whole = self.files
        for place in range(PICTURES if read else 1):
            yield Photograph(
                observation=page,
                position=place,
                small=small,
                large=large,
                print=whole,
                width=1920,
                height=1440,
                words=f"Picture {place}",
            )

    def page(self, number):
        from portal.journal.models import Observation, Origin

        when = self.now - timedelta(hours=number * 7 + 1)
        facts = {"author": self.cast.key_person, "origin": Origin.SETTING, "words": WORDS, "areas": AREAS}
        return Observation(pk=uuid.uuid4(), dated_at=when, shared_at=when, **facts)

    def addresses(self):
        """{name: address} of what the rows open."""
        maja, noor = self.cast.maja, self.cast.noor
        found = {
            "today": "/today/",
            "journal": f"/journal/{maja.pk}/",
            "detail": f"/journal/{maja.pk}/{maja.observations.first().pk}/",
            "long": f"/journal/{noor.pk}/",
        }
        if last := noor.observations.order_by("dated_at", "pk")[PAGES : PAGES + 1]:
            found["deep"] = f"/journal/{noor.pk}/?before={last[0].pk}"
        return found


def build(families):
    django.setup()
    from django.conf import settings
    from django.db import connection, transaction

    crowd = Crowd(families)
    with transaction.atomic():
        crowd.build()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for name, address in crowd.addresses().items():
        (Path(settings.DATA_DIR) / f"address-{name}").write_text(address)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    build(int(sys.argv[1]))
