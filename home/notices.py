"""Notices: what is happening, for everyone or for some. A word to named families is a message, never a page."""

import re
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.rich_text import get_text_for_indexing

from home.audiences import Audience, may_read
from home.naming import AsksAboutNamesPageForm, plain
from home.pictures import CARD
from home.reads import NoticeStep
from home.showing import PLAIN_WORDS
from people.families.access import EVERYTHING
from people.families.told import Told, names_nobody_closed
from people.setting.models import Weekday
from people.setting.roles import Right, has_right
from records.retention import WORDS
from versions.showing import PHONE_FIRST, may_be_framed_by_us

NOTICES_A_PAGE = 20
URGENT_FOR = timedelta(days=3)
OURS = {"write", "feed", "desk"}  # addresses of the portal's own pages below /notices/


class NoticesPage(Page):
    """All notices that the reader may see, newest first."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NoticePage"]
    preview_sizes = PHONE_FIRST
    template = "home/notices_page.html"
    retention = WORDS

    class Meta:
        verbose_name = _("list of notices")
        verbose_name_plural = _("lists of notices")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        wanted = request.GET.get("search", "")[:100]
        notices = NoticePage.objects.visible_to(request.user).saying(wanted).newest_first().with_pictures()
        may_write = request.user.is_authenticated and has_right(request.user, Right.WRITE_NOTICES)
        context |= {"notices": Entry(notices, request.GET.get("page")), "wanted": wanted, "may_write": may_write}
        return context

    def serve_preview(self, request, mode_name):
        return may_be_framed_by_us(super().serve_preview(request, mode_name))


class Entry:
    """One page of a long list. It asks for one row more than it shows, so that nobody has to count ten thousand."""

    def __init__(self, rows, number):
        self.number = int(number) if str(number).isascii() and str(number).isdigit() and 0 < int(number) < 10_000 else 1
        begin = (self.number - 1) * NOTICES_A_PAGE
        found = list(rows[begin : begin + NOTICES_A_PAGE + 1])
        self.rows, self.has_next = found[:NOTICES_A_PAGE], len(found) > NOTICES_A_PAGE
        self.newer, self.older = self.number - 1, self.number + 1

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


class NoticeQuerySet(PageQuerySet):
    def visible_to(self, user, on=None):
        """Notices this person may read now: published, not run out, for an audience to which the person belongs."""
        found = self.live().not_run_out().filter(may_read(user, NoticePage.rooms.through.objects, on))
        if not user.is_authenticated:
            return found
        # What everybody in the street reads stays open; of what is for some, an order closes what names the child.
        return found.filter(Q(audience=Audience.PUBLIC) | (names_nobody_closed(user, NoticePage, on) or EVERYTHING))

    def waiting_for(self, user, on=None):
        """Drafts that somebody has handed in and that wait for this person to look at them and publish."""
        if not has_right(user, Right.PUBLISH_PAGES, on):
            return self.none()
        return self.filter(self._handed_in(), self._draft()).exclude(go_live_at__gt=timezone.now())

    def as_drafts_of(self, user):
        """What this person has begun in the short form and neither handed in nor published."""
        return self.filter(~self._handed_in(), self._draft(), owner=user)

    def as_writer_of(self, user):
        """Drafts that this person may open in the short form: the own ones, and those handed in to them."""
        if not has_right(user, Right.WRITE_NOTICES):
            return self.none()
        return self.as_drafts_of(user) | self.waiting_for(user)

    def _draft(self):
        return Q(live=False, first_published_at__isnull=True)

    def _handed_in(self):
        steps = NoticeStep.objects.filter(notice=OuterRef("pk"), what=NoticeStep.What.HANDED_IN)
        return Q(Exists(steps))

    def not_run_out(self):
        """Wagtail takes a notice down within the hour; readers find it gone to the minute."""
        return self.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()))

    def saying(self, words):
        """Those in which each of these words stands."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(Q(title__icontains=word) | Q(words__icontains=word))
        return found

    def newest_first(self):
        """Pinned ones on top. An index holds this order, so that a long list costs no sorting."""
        return self.order_by("-pinned", "-posted_on", "-page_ptr")

    def with_pictures(self):
        """With what a list of them shows, in the same number of queries for one and for many."""
        pictures = get_image_model().objects.prefetch_renditions(CARD)
        return self.prefetch_related(Prefetch("picture", queryset=pictures), "rooms")


class Telling(models.TextChoices):
    QUIET = "quiet", _("It just stands there")
    NEW = "new", _("Those it is for hear by e-mail that there is something new")
    URGENT = "urgent", _("Urgent: e-mail to all of them at once, also at night")


class Phrase(models.TextChoices):
    """The only words of a notice that an e-mail may carry. They are about the setting and can be about nobody's child."""

    CLOSED_TODAY = "closed_today", _("We are closed today")
    CLOSED_TOMORROW = "closed_tomorrow", _("We are closed tomorrow")
    OPENS_LATE = "opens_late", _("We open late today")
    CLOSES_EARLY = "closes_early", _("We close early today")
    OPEN_AGAIN = "open_again", _("We are open again")
    CHANGED_ENTRANCE = "changed_entrance", _("Please use the other entrance today")


class Shows(models.TextChoices):
    NO_CHILD = "no_child", _("No child")
    A_CHILD = "a_child", _("A child or several")


OPEN_TO_ALL = _(
    "Anyone with the link to a picture can open it, even when the notice is for families only. "
    "Choose none that shows a child unless the family agreed to the website."
)


class NoticeForm(AsksAboutNamesPageForm):
    """The editors' form. The page looks at its rooms before Wagtail has set the ticked ones, so they are set here."""

    def clean(self):
        cleaned = super().clean()
        if "rooms" in cleaned:
            self.instance.rooms = list(cleaned["rooms"])
        return cleaned


class NoticePage(Page):
    """News for everyone, for all families, for a room or a day, or for those who work here."""

    audience = models.CharField(
        _("Who may read it"),
        max_length=10,
        choices=Audience,
        default=Audience.FAMILIES,
        help_text=_("Everything but a public notice opens only after signing in."),
    )
    rooms = ParentalManyToManyField("setting.Room", blank=True, related_name="+", verbose_name=_("Rooms"))
    weekday = models.PositiveSmallIntegerField(_("Day of the week"), choices=Weekday, null=True, blank=True)
    pinned = models.BooleanField(_("Keep it on top of the list"), default=False)
    telling = models.CharField(_("How they hear of it"), max_length=10, choices=Telling, default=Telling.NEW)
    phrase = models.CharField(
        _("In short"),
        max_length=20,
        choices=Phrase,
        blank=True,
        help_text=_(
            "For an urgent notice to everyone or to all families: these words alone may stand in the e-mail itself."
        ),
    )
    posted_on = models.DateField(_("Date of the notice"), default=timezone.localdate)
    words = RichTextField(_("Words"), features=PLAIN_WORDS)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Picture"),
        help_text=OPEN_TO_ALL,
    )
    picture_description = models.CharField(
        _("What the picture shows"),
        max_length=200,
        blank=True,
        help_text=_("Needed with a picture: it is read aloud to people who cannot see it."),
    )
    picture_shows = models.CharField(_("Who can be seen in it?"), max_length=10, choices=Shows, blank=True)
    consent_confirmed = models.BooleanField(
        _("The family of every child in it agreed to photographs on the website; I have looked it up."), default=False
    )

    # Children under an order whom the words name as they were published (people/families/actions_mentions.py).
    named_for_orders = models.ManyToManyField("families.Child", related_name="+", blank=True, editable=False)

    objects = PageManager.from_queryset(NoticeQuerySet)()
    base_form_class = NoticeForm
    READ_BY_MANY = ("title", "words", "picture_description", "seo_title", "search_description")
    told = Told(fields=READ_BY_MANY, plain=plain)
    parent_page_types = ["home.NoticesPage"]
    subpage_types = []
    preview_sizes = PHONE_FIRST
    template = "home/notice_page.html"
    content_panels = [
        FieldPanel("names_stay"),
        *Page.content_panels,
        HelpPanel(
            content=_(
                "Every editor can see every notice. Write about a named child or family in the portal, never here."
            )
        ),
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("rooms", widget=forms.CheckboxSelectMultiple), FieldPanel("weekday")],
            heading=_("Who is it for?"),
        ),
        MultiFieldPanel([FieldPanel("telling"), FieldPanel("phrase")], heading=_("How do they hear of it?")),
        MultiFieldPanel([FieldPanel("posted_on"), FieldPanel("pinned")], heading=_("Where does it stand?")),
        FieldPanel("words"),
        MultiFieldPanel(
            [
                FieldPanel("picture"),
                FieldPanel("picture_description"),
                FieldPanel("picture_shows"),
                FieldPanel("consent_confirmed"),
            ],
            heading=_("Picture"),
        ),
    ]
    retention = WORDS

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [models.Index(fields=["-pinned", "-posted_on", "-page_ptr"], name="notices_newest_first")]
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="notice_audience_is_known"),
        ]

    @property
    def is_public(self):
        return self.audience == Audience.PUBLIC

    @property
    def has_run_out(self):
        """Whether its last moment is over, though Wagtail has not taken it down yet."""
        return self.expire_at is not None and self.expire_at <= timezone.now()

    @property
    def is_urgent(self):
        return self.telling == Telling.URGENT

    @property
    def is_urgent_now(self):
        """Whether it still has to stand out: what was urgent last week is news of last week."""
        return self.is_urgent and self.posted_on > timezone.localdate() - URGENT_FOR

    @property
    def for_whom(self):
        """For whom it is, in a word or two, for whoever may read it; nothing for a public one."""
        rooms = ", ".join(room.name for room in self.rooms.all())
        day = self.get_weekday_display() if self.weekday is not None else ""
        return {
            Audience.PUBLIC: "",
            Audience.FAMILIES: _("For our families"),
            Audience.ROOM: rooms,
            Audience.SESSION: " · ".join(filter(None, [day, rooms])),
            Audience.STAFF: _("For those who work here"),
            Audience.COMMITTEE: _("For the committee"),
        }[self.audience]

    @property
    def who_may_read(self):
        """For whom it is in whole words, for its editors."""
        return self.for_whom or self.get_audience_display()

    @property
    def beginning(self):
        """The notice's words without their form, for lists."""
        words = re.sub(r"[.,;]?</li>(?=</)", ".</li>", re.sub(r"[.,;]?</li>(?=<li)", ",</li>", self.words))
        return get_text_for_indexing(words)

    def clean(self):
        super().clean()
        if problems := {**self._who_is_missing(), **self._missing_about_picture()}:
            raise ValidationError(problems)

    def _who_is_missing(self):
        problems = {}
        if self.slug in OURS:
            problems["slug"] = _("The portal has a page of its own at this address. Choose another one.")
        if self.audience == Audience.ROOM and not self.rooms.all():
            problems["rooms"] = _("Choose at least one room.")
        if self.audience == Audience.SESSION and self.weekday is None:
            problems["weekday"] = _("Choose the day on which they come.")
        if self.phrase and self.audience not in (Audience.PUBLIC, Audience.FAMILIES):
            problems["phrase"] = _("These words go only to everyone or to all families. Leave it empty here.")
        return problems

    def _missing_about_picture(self):
        problems = {}
        if not self.picture_id:
            return problems
        if not self.picture_description.strip():
            problems["picture_description"] = _("Say in a few words what the picture shows.")
        if not self.picture_shows:
            problems["picture_shows"] = _("Say whether a child can be seen in it.")
        if self.picture_shows == Shows.A_CHILD and not self.consent_confirmed:
            problems["consent_confirmed"] = _(
                "Look up whether the families agreed to the website, and tick this, or choose another picture."
            )
        return problems

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        if not self.is_public:
            add_never_cache_headers(response)
        return response

    def serve_preview(self, request, mode_name):
        return may_be_framed_by_us(super().serve_preview(request, mode_name))
