"""Who is asked to read a version, who has, and who has not, since when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, Min, OuterRef, Subquery
from django.utils import timezone

from people.accounts.models import Person
from people.families import recipients
from people.families.models import Relationship
from people.mail.undelivered import relatives_of
from people.setting.models import RoleHeld
from people.setting.role_holders import people_with
from people.setting.roles import Right
from versions.audiences import Asked
from versions.models import Acknowledgement, PageVersion, Reminder


@dataclass(frozen=True)
class Count:
    """A version that people are asked to read, and how many have."""

    version: PageVersion
    asked: int
    read: int

    @property
    def missing(self):
        return self.asked - self.read


def asked_people(version, on=None):
    """Everybody who is asked to read this version, by name, whoever is looking."""
    on = on or timezone.localdate()
    nobody = Person.objects.none()
    families = recipients.families(on) if version.asked in (Asked.FAMILIES, Asked.BOTH) else nobody
    staff = people_with(Right.READ_STAFF_PAGES, on) if version.asked in (Asked.STAFF, Asked.BOTH) else nobody
    asked = Person.objects.filter(pk__in=families.values("pk")) | Person.objects.filter(pk__in=staff.values("pk"))
    return asked.order_by("full_name", "pk")


def said_by(person="pk", *, version):
    """The acknowledgements of a person (an outer column) that count for this version."""
    return Acknowledgement.objects.filter(
        person=OuterRef(person), version__page=version.page_id, version__number__gte=version.read_from
    )


def missing(version, by, on=None):
    """Those who have not read it, as `by` may know them, each with `joined_on`, `employed_on` and `reminded_at`.

    The adults around children of one's own family are a colleague's to remind: no role counts there.
    """
    people = asked_people(version, on).filter(~Exists(said_by(version=version))).exclude(pk__in=relatives_of(by))
    reminded = Reminder.objects.filter(version=version, person=OuterRef("pk")).order_by().values("person")
    begun = Relationship.objects.filter(adult=OuterRef("pk")).order_by().values("adult")
    employed = RoleHeld.objects.filter(person=OuterRef("pk")).order_by().values("person")
    return people.annotate(
        reminded_at=Subquery(reminded.annotate(last=Max("sent_at")).values("last")),
        joined_on=Subquery(begun.annotate(first=Min("starts_on")).values("first")),
        employed_on=Subquery(employed.annotate(first=Min("starts_on")).values("first")),
    )


def asked_since(version, person):
    """From which day on a person found by `missing` has been asked: the later of the version's day and their first."""
    asked_in = PageVersion.objects.get(page=version.page_id, number=version.read_from)
    return max(day_of(asked_in.published_at), *(day for day in (person.joined_on or person.employed_on,) if day))


def day_of(moment):
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


def have_read(version, by, on=None):
    """The acknowledgements that count for this version, of people who are asked today, newest first; as `by` may know."""
    said = Acknowledgement.objects.filter(version__page=version.page_id, version__number__gte=version.read_from)
    said = said.filter(person__in=asked_people(version, on).order_by().values("pk"))
    return said.exclude(person__in=relatives_of(by)).select_related("person", "entered_by", "version")


def counts():
    """[Count] of every version that people are asked to read, by title."""
    versions = PageVersion.objects.asking().select_related("page").order_by("title")
    return [count(version) for version in versions]


def count(version):
    asked = asked_people(version)
    return Count(version, asked.count(), asked.filter(Exists(said_by(version=version))).count())
