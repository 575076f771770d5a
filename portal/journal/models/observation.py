"""A page of the journal."""

import uuid
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.appearances import strangers
from documents.consent import Purpose, ids_allowing
from people.families.access import Level, access_of, of_nobody_hidden
from people.families.models import Child, KeyPerson
from people.families.told import Told, names_nobody_closed, reaches_nobody_closed
from people.setting.role_holders import people_with
from people.setting.roles import Right, has_right
from portal.journal.models.kept import WITH_THE_JOURNAL
from records.submitted import Submitted, once_for

LATELY = timedelta(days=14)


class Origin(models.TextChoices):
    SETTING = "setting", _("Seen here")
    HOME = "home", _("Seen at home")


class ObservationQuerySet(models.QuerySet["Observation"]):
    def visible_to(self, user, on=None):
        """Observations this person may read on this day: shared ones for families, own group's for staff."""
        if not user.is_authenticated:
            return self.none()
        if not has_right(user, Right.SEE_CHILDREN, on):
            return self.filter(as_family(user, on), withdrawn_at__isnull=True)
        return self.filter(as_family(user, on) | as_staff(user, on), withdrawn_at__isnull=True)

    def as_staff_of(self, user, on=None):
        """The same, as a member of staff only."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(as_staff(user, on), withdrawn_at__isnull=True)

    def drafts_of(self, user, on=None):
        """This person's own drafts that no family has been shown yet."""
        if not has_right(user, Right.WRITE_OBSERVATIONS, on):  # what families add is shared at once
            return self.none()
        readable = self.visible_to(user, on).filter(author=user, shared_at__isnull=True)
        # Said once more for both, so that the database begins with the author's drafts and not with all pages.
        return (readable | self.stuck_for(user, on)).filter(author=user, shared_at__isnull=True)

    def stuck_for(self, user, on=None):
        """Those of them that their author could not read any more as staff, and keeps because they are her own words.

        A child on it, or named in it, is not looked after by her at present. On the room's tablet they do not show.
        """
        if not has_right(user, Right.WRITE_OBSERVATIONS, on) or getattr(user, "on_tablet", None):
            return self.none()
        own = Q(author=user, origin=Origin.SETTING, shared_at__isnull=True, withdrawn_at__isnull=True)
        return self.filter(own & ~as_staff(user, on))

    def waiting_for(self, user, on=None):
        """Those of them that are not with a colleague."""
        return self.drafts_of(user, on).filter(sent_to_check_at__isnull=True)

    def to_check(self, user, on=None):
        """Drafts that their authors have sent to be looked at, for those who look; nobody checks their own."""
        if not has_right(user, Right.SEE_DRAFTS, on):
            return self.none()
        sent = self.visible_to(user, on).filter(shared_at__isnull=True, sent_to_check_at__isnull=False)
        return sent.exclude(author=user)

    def held_back_for(self, user, on=None):
        """This person's own pages of the last two weeks that not every family can read."""
        since = timezone.now() - LATELY
        return self.as_staff_of(user, on).filter(author=user, shared_at__gte=since, held_back_from__gt=0)

    def from_home_for(self, user, on=None):
        """What families added in the last two weeks, for the key person; without one, for those who lead."""
        on = on or timezone.localdate()
        theirs = Q(children__in=access_of(user, on).key_children)
        if has_right(user, Right.SEE_DRAFTS, on):
            placed = KeyPerson.objects.running(on).filter(person__in=people_with(Right.WRITE_OBSERVATIONS))
            theirs |= ~Q(children__in=placed.values("child"))
        since = timezone.now() - LATELY
        return self.as_staff_of(user, on).filter(theirs, origin=Origin.HOME, shared_at__gte=since).exclude(author=user)

    def in_journal_of(self, child):
        """Each with `text`, what happened as it stands in this child's journal, and `by`, the name of who wrote it."""
        own = ChildSpecificText.objects.filter(observation=OuterRef("pk"), child=child).values("words")[:1]
        return self.annotate(text=Coalesce(Subquery(own), "words"), by=F("author__full_name"))

    def with_children_of(self, user, on=None):
        """Each with `looked_after`: those of its children whom this person looks after now, by name."""
        return self.prefetch_related(Prefetch("children", Child.objects.as_staff_of(user, on), to_attr="looked_after"))

    def newest_first(self):
        return self.order_by("-dated_at", "-pk")


def as_family(user, on=None, *, shows_something=False):
    """Shared, of an own child, naming no child whose family or an order keeps it from this reader; and not empty.

    It need not be asked whether it is empty by who knows that it shows something, as a photograph that this reader sees.
    """
    own = access_of(user, on).family(Level.PARTICIPATE)
    if not own:
        return Q(pk__in=[])
    inside = Observation.children.through.objects.filter(observation=OuterRef("pk"))
    named = Observation.named.through.objects.filter(observation=OuterRef("pk"))
    family = Q(pk__in=inside_of(own))
    family &= reaches_nobody_closed(user, inside, on)
    family &= names_nobody_closed(user, Observation, on)
    family &= Q(origin=Origin.HOME) | Q(~Exists(strangers(named, own, on)))
    family &= Q(shared_at__isnull=False)
    family &= Q(origin=Origin.SETTING) | Q(author__in=access_of(user, on).shown_to)
    return family if shows_something else family & something_to_read(user, own, on)


def inside_of(children):
    """Ids of the pages about these children: the shortest list of all, so the database begins with it."""
    return Observation.children.through.objects.filter(child__in=children).values("observation")


def on_family_page(user, on=None, *, shows_something=False):
    """The condition of what hangs on a page that this person may read as family."""
    pages = as_family(user, on, shows_something=shows_something)
    pages = Observation.objects.filter(pages, withdrawn_at__isnull=True)
    return Q(observation__in=pages.order_by().values("pk"))


def on_staff_page(user, on=None):
    """The same as staff: asked page by page, because staff may read so many."""
    if not has_right(user, Right.SEE_CHILDREN, on):
        return Q(pk__in=[])
    pages = Observation.objects.filter(as_staff(user, on), withdrawn_at__isnull=True)
    return Q(Exists(pages.filter(pk=OuterRef("observation"))))


def without_photographs(among, on):
    """Those rows of a table of children whose child nobody may see in photographs: asked when they are read."""
    return among.exclude(child__in=ids_allowing(Purpose.OWN_JOURNAL, on))


def something_to_read(user, own, on):
    """Words, a photograph that this reader may see, or a page of their own: another would only show that it is there."""
    photographs = apps.get_model("journal", "Photograph")
    pictures = photographs.objects.allowed(on).filter(names_and_shows_nobody_else(photographs, user, own, on))
    pictures = pictures.filter(observation=OuterRef("pk"))
    own_words = apps.get_model("journal", "ChildSpecificText").objects.filter(observation=OuterRef("pk"), child__in=own)
    return Q(words__gt="") | Q(child_says__gt="") | Q(author=user) | Q(Exists(own_words)) | Q(Exists(pictures))


def names_and_shows_nobody_else(photographs, user, own, on):
    """The condition of a photograph: nobody in it, and nobody in what is said about it, is kept from this reader."""
    condition = Q()
    for through in (photographs.children.through, photographs.named.through):
        condition &= Q(~Exists(strangers(through.objects.filter(photograph=OuterRef("pk")), own, on)))
    seen_in = photographs.children.through.objects.filter(photograph=OuterRef("pk"))
    return condition & reaches_nobody_closed(user, seen_in, on) & names_nobody_closed(user, photographs, on)


def as_staff(user, on=None):
    """Of children looked after here, none of them of one's own family; drafts to their author, key person and manager."""
    if not has_right(user, Right.SEE_CHILDREN, on):
        return Q(pk__in=[])
    inside = Observation.children.through.objects.filter(observation=OuterRef("pk"))
    staff = Q(Exists(inside)) & only_looked_after(user, inside, on) & names_nobody_closed(user, Observation, on)
    staff &= Q(origin=Origin.SETTING) | of_nobody_hidden(user, "author", on)
    if not has_right(user, Right.SEE_DRAFTS, on):
        with_key_children = inside.filter(child__in=access_of(user, on).key_children)
        staff &= Q(shared_at__isnull=False) | Q(author=user) | Q(Exists(with_key_children))
    return staff


def only_looked_after(user, among, on):
    """None among these children whom this member of staff does not look after."""
    looked_after = Child.objects.as_staff_of(user, on).order_by().values("pk")
    return Q(~Exists(among.exclude(child__in=looked_after)))


class Observation(Submitted):
    """A page of the journal: what was seen, here or at home, about one child or several."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    children = models.ManyToManyField(Child, related_name="observations")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="observations")
    origin = models.CharField(max_length=10, choices=Origin)
    words = models.TextField(_("What happened"), blank=True)
    child_says = models.TextField(_("In the child's own words"), blank=True)
    areas = models.JSONField(_("Areas of learning"), default=list, blank=True)
    characteristics = models.JSONField(_("How the child learned"), default=list, blank=True)
    band = models.CharField(
        _("Stage of development"), max_length=20, blank=True
    )  # of the framework the setting follows
    next_step = models.TextField(_("What next"), blank=True)
    home_idea = models.TextField(_("An idea for home"), blank=True)
    # Children whom the words name, found whenever they are written: their families decide, too, who may read them.
    named = models.ManyToManyField(Child, related_name="+", blank=True)
    # Children under an order whom the words name, looked for since as well: only the order asks
    # (people/families/actions_mentions.py).
    named_for_orders = models.ManyToManyField(Child, related_name="+", blank=True)
    dated_at = models.DateTimeField(default=timezone.now)  # written, or shared once it is: the order of the journal
    sent_to_check_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    shared_at = models.DateTimeField(null=True, blank=True)
    held_back_from = models.PositiveSmallIntegerField(
        default=0
    )  # families who could not read it when it was last counted
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(_("Why it was taken back"), max_length=300, blank=True)

    objects = ObservationQuerySet.as_manager()
    retention = WITH_THE_JOURNAL
    told = Told("children", ("words", "child_says", "next_step", "home_idea"), {"own_words": ("words",)})

    class Meta:
        ordering = ["-dated_at", "-pk"]
        indexes = [
            models.Index(fields=["-dated_at", "-id"], name="observation_newest"),
            models.Index(fields=["author", "shared_at"], name="observation_of_author"),
            # None over the origin: SQLite would go through all pages of one origin to find those of a family.
            models.Index(
                fields=["-dated_at", "-id"],
                condition=Q(shared_at__isnull=True, sent_to_check_at__isnull=False),
                name="observation_to_check",
            ),
        ]
        constraints = [
            once_for("author"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="observation_origin_is_known"),
        ]

    def __str__(self):
        return f"observation {self.pk}"

    def words_for(self, child):
        """What happened, as it stands in this child's journal: the child's own text, else the common one."""
        own = {each.child_id: each.words for each in self.own_words.all()}
        return own.get(child.pk, self.words)


TOLD = ("words", "child_says", "next_step", "home_idea")  # what a correction can change


class ChildSpecificText(models.Model):
    """A text for one child's journal, where a page is about several."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="own_words")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    words = models.TextField(_("What happened"))

    retention = WITH_THE_JOURNAL

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["observation", "child"], name="own_words_once"),
            models.CheckConstraint(condition=~Q(words=""), name="own_words_are_words"),
        ]

    def __str__(self):
        return f"own words {self.pk}"


class Revision(models.Model):
    """What a page said before it was corrected; staff can read it."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="earlier")
    said = models.JSONField()  # the words by the name of the field; own words by the child's id
    why = models.CharField(_("Why it was corrected"), max_length=300)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(default=timezone.now)

    retention = WITH_THE_JOURNAL

    class Meta:
        ordering = ["corrected_at", "pk"]

    def __str__(self):
        return f"earlier words {self.pk}"

    def told(self):
        """[(what it was, the words)], with the words that were for one child's family only."""
        named = {str(child.pk): child.known_as for child in self.observation.children.all()}
        own = self.said.get("own_words", {})
        found = [(Observation._meta.get_field(name).verbose_name, self.said.get(name)) for name in TOLD]
        found += [
            (_("Words for %(name)s's family only") % {"name": named.get(pk, "…")}, words) for pk, words in own.items()
        ]
        return [(label, words) for label, words in found if words]
