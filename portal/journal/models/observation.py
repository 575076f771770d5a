"""A page of the journal."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.consent import Purpose, children_allowing
from people.eyfs import Area
from people.models import Child, Level
from people.roles import Right, has_right
from people.standing import standing_of
from portal.journal.models.kept import WITH_THE_JOURNAL


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
