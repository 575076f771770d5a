import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.consent import Purpose, children_allowing
from people.models import Child, Level, Person
from people.roles import Right, has_right
from people.standing import Bar, standing_of
from records.keeping import Keeping

WITH_THE_JOURNAL = Keeping(
    _("The child's learning journal"), _("given to the family at leaving; pictures 3 months longer")
)


class Area(models.TextChoices):
    """The seven areas of learning of the EYFS: three prime, four specific (domain.md E1)."""

    COMMUNICATION = "communication", _("Communication and language")
    PERSONAL = "personal", _("Personal, social and emotional development")
    PHYSICAL = "physical", _("Physical development")
    LITERACY = "literacy", _("Literacy")
    MATHEMATICS = "mathematics", _("Mathematics")
    WORLD = "world", _("Understanding the world")
    ARTS = "arts", _("Expressive arts and design")


class Origin(models.TextChoices):
    SETTING = "setting", _("Seen here")
    HOME = "home", _("Seen at home")


class ObservationQuerySet(models.QuerySet):
    def visible_to(self, user, on=None):
        """Observations this person may read on this day: shared ones for families, own group's for staff."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(self._as_family(user, on) | self._as_staff(user, on), withdrawn_at__isnull=True)

    def _as_family(self, user, on):
        """Shared, of an own child, with no other child in it whose family keeps it out of other journals."""
        standing = standing_of(user, on)
        own = standing.family(Level.PARTICIPATE)
        if not own:
            return Q(pk__in=[])
        inside = Observation.children.through.objects.filter(observation=OuterRef("pk"))
        strangers = inside.exclude(child__in=own).exclude(child__in=children_allowing(Purpose.OTHERS_JOURNALS, on))
        family = Q(Exists(inside.filter(child__in=own)))
        if standing.shut_out_of:  # not through a sibling's page either
            family &= ~Q(Exists(inside.filter(child__in=standing.shut_out_of)))
        family &= ~Q(Exists(strangers))
        family &= Q(shared_at__isnull=False)
        family &= Q(origin=Origin.SETTING) | Q(author__in=user.shown_to().order_by().values("pk"))
        return family

    def _as_staff(self, user, on):
        """Of children looked after here, none of them of one's own family; drafts to their author, key person and manager."""
        if not has_right(user, Right.SEE_CHILDREN, on):
            return Q(pk__in=[])
        looked_after = Child.objects.as_staff_of(user, on).order_by().values("pk")
        inside = Observation.children.through.objects.filter(observation=OuterRef("pk"))
        staff = Q(Exists(inside)) & ~Q(Exists(inside.exclude(child__in=looked_after)))
        if not has_right(user, Right.SEE_DRAFTS, on):
            with_key_children = inside.filter(child__in=standing_of(user, on).key_children)
            staff &= Q(shared_at__isnull=False) | Q(author=user) | Q(Exists(with_key_children))
        return staff

    def waiting_for(self, user, on=None):
        """This person's own drafts that nobody else has been shown yet."""
        if not has_right(user, Right.WRITE_OBSERVATIONS, on):  # what families add is shared at once
            return self.none()
        return self.visible_to(user, on).filter(author=user, shared_at__isnull=True)

    def newest_first(self):
        return self.order_by("-dated_at", "-pk")


class Observation(models.Model):
    """A page of the journal: what was seen, here or at home, about one child or several."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    children = models.ManyToManyField(Child, related_name="observations")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="observations")
    origin = models.CharField(max_length=10, choices=Origin)
    words = models.TextField(_("What happened"), blank=True)
    areas = models.JSONField(_("Areas of learning"), default=list, blank=True)
    dated_at = models.DateTimeField(default=timezone.now)  # written, or shared once it is: the order of the journal
    shared_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    press = models.UUIDField(default=uuid.uuid4)

    objects = ObservationQuerySet.as_manager()
    keeping = WITH_THE_JOURNAL

    class Meta:
        ordering = ["-dated_at", "-pk"]
        indexes = [models.Index(fields=["-dated_at", "-id"], name="observation_newest")]
        constraints = [
            models.UniqueConstraint(fields=["author", "press"], name="observation_once"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="observation_origin_is_known"),
        ]

    def __str__(self):
        return f"observation {self.pk}"

    @property
    def area_names(self):
        """The areas of learning in words."""
        return [Area(area).label for area in self.areas]


class PhotographQuerySet(models.QuerySet):
    def visible_to(self, user, on=None):
        """Photographs in observations this person may read, unless photographs of the child are closed to them."""
        readable = Observation.objects.visible_to(user, on).order_by().values("pk")
        found = self.filter(observation__in=readable)
        closed = standing_of(user, on).barred_from(Bar.NO_PHOTOGRAPHS)
        if not closed:
            return found
        inside = Observation.children.through.objects.filter(observation=OuterRef("observation"), child__in=closed)
        return found.exclude(Exists(inside))


class Photograph(models.Model):
    """A photograph in an observation, clean of metadata, in two sizes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="photographs")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("What can be seen"), max_length=200, blank=True)
    small = models.ForeignKey("records.StoredFile", models.PROTECT, related_name="+")
    large = models.ForeignKey("records.StoredFile", models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects = PhotographQuerySet.as_manager()
    keeping = WITH_THE_JOURNAL

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["observation", "position"], name="photograph_position_once")]

    def __str__(self):
        return f"photograph {self.pk}"


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user, on=None):
        """Comments in one's own child's journal by staff and by adults shown to each other; all of them to staff."""
        if not user.is_authenticated:
            return self.none()
        standing = standing_of(user, on)
        shown = user.shown_to().order_by().values("pk")
        family = Q(child__in=standing.family(Level.PARTICIPATE))
        family &= Q(from_family=False) | Q(author__in=shown)
        family &= Q(said_at__gte=models.F("observation__shared_at"))  # what staff said about the draft stays theirs
        staff = Q(child__in=Child.objects.as_staff_of(user, on).order_by().values("pk"))
        readable = Observation.objects.visible_to(user, on).order_by().values("pk")
        return self.filter(family | staff, observation__in=readable)


class Comment(models.Model):
    """Something said about a page, in one child's journal: two families with the same page never read each other's words."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="comments")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    from_family = models.BooleanField()
    words = models.TextField(_("Your words"))
    said_at = models.DateTimeField(default=timezone.now)
    press = models.UUIDField(default=uuid.uuid4)

    objects = CommentQuerySet.as_manager()
    keeping = WITH_THE_JOURNAL

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["author", "press"], name="comment_once"),
            models.CheckConstraint(condition=~Q(words=""), name="comment_has_words"),
        ]

    def __str__(self):
        return f"comment {self.pk}"


class ReadMark(models.Model):
    """Up to where somebody has read a child's journal, so that what is new can be shown."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    read_to = models.DateTimeField()

    keeping = WITH_THE_JOURNAL

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "child"], name="one_read_mark")]

    def __str__(self):
        return f"read mark {self.pk}"
