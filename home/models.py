"""What everyone may read: the home page, pages of information, and notices."""

import re

from csp.constants import SELF
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.rich_text import get_text_for_indexing

from home.audiences import Audience, audiences_of
from home.pictures import CARD
from home.plain_words import words_of_information
from records.keeping import WORDS
from versions.audiences import Audience as Everybody
from versions.models import KeptPage

PLAIN_WORDS = ["bold", "italic", "link", "ul", "ol"]
WITH_HEADINGS = ["h2", "h3", *PLAIN_WORDS]
PHONE_FIRST = [
    {"name": "phone", "icon": "mobile-alt", "device_width": 360, "label": _("On a phone")},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("On a tablet")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("On a computer")},
]
NOTICES_A_PAGE = 20


def may_be_framed_by_us(response):
    """The editors' preview stands in a frame of the same site; nothing else of ours may be framed."""
    response._csp_replace = {"frame-ancestors": [SELF]}
    return response


class HomePage(Page):
    """The front door."""

    welcome = RichTextField(_("Welcome words"), features=PLAIN_WORDS, blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    preview_sizes = PHONE_FIRST
    template = "home/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("welcome")]
    keeping = WORDS

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["notices"] = NoticePage.objects.visible_to(request.user).newest_first().with_pictures()[:3]
        context["pages_for_visitors"] = VisitPage.objects.live().child_of(self)
        context["pages_of_information"] = InformationPage.objects.live().child_of(self).order_by("path")
        return context

    def serve_preview(self, request, mode_name):
        return may_be_framed_by_us(super().serve_preview(request, mode_name))


class InformationPage(KeptPage):
    """Words that stay: the privacy notice, visiting us, the accessibility statement."""

    lead = models.TextField(
        _("In short"), blank=True, help_text=_("One or two plain sentences, shown large at the top.")
    )
    body = RichTextField(_("Words"), features=WITH_HEADINGS, blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    preview_sizes = PHONE_FIRST
    template = "home/information_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body"), *KeptPage.change_panels]
    audience = Everybody.EVERYONE
    keeping = WORDS

    class Meta:
        verbose_name = _("page of information")
        verbose_name_plural = _("pages of information")

    def kept_words(self):
        """What a version keeps: (kind, anchor, text) of everything that readers see."""
        return words_of_information(self.lead, self.body)

    def serve_preview(self, request, mode_name):
        return may_be_framed_by_us(super().serve_preview(request, mode_name))


class NoticesPage(Page):
    """All notices that the reader may see, newest first."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NoticePage"]
    preview_sizes = PHONE_FIRST
    template = "home/notices_page.html"
    keeping = WORDS

    class Meta:
        verbose_name = _("list of notices")
        verbose_name_plural = _("lists of notices")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        notices = NoticePage.objects.visible_to(request.user).newest_first().with_pictures()
        context["notices"] = Paginator(notices, NOTICES_A_PAGE).get_page(request.GET.get("page"))
        return context

    def serve_preview(self, request, mode_name):
        return may_be_framed_by_us(super().serve_preview(request, mode_name))


class NoticeQuerySet(PageQuerySet):
    def visible_to(self, user):
        """Notices this person may read now: published ones, for an audience to which the person belongs today."""
        return self.live().filter(audience__in=audiences_of(user))

    def newest_first(self):
        return self.order_by("-posted_on", "-first_published_at", "-pk")

    def with_pictures(self):
        """With what a list of them shows, in the same number of queries for one and for many."""
        pictures = get_image_model().objects.prefetch_renditions(CARD)
        return self.prefetch_related(Prefetch("picture", queryset=pictures))


class NoticePage(Page):
    """News for everyone or for all families. A word to named families is never a page."""

    audience = models.CharField(
        _("Who may read it"),
        max_length=10,
        choices=Audience,
        default=Audience.FAMILIES,
        help_text=_("A notice for our families opens only after signing in."),
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
        help_text=_(
            "Anyone with the link to a picture can open it, even when the notice is for families only. "
            "Choose none that shows a child unless the family agreed to the website."
        ),
    )
    picture_description = models.CharField(
        _("What the picture shows"),
        max_length=200,
        blank=True,
        help_text=_("Needed with a picture: it is read aloud to people who cannot see it."),
    )

    objects = PageManager.from_queryset(NoticeQuerySet)()
    parent_page_types = ["home.NoticesPage"]
    subpage_types = []
    preview_sizes = PHONE_FIRST
    template = "home/notice_page.html"
    content_panels = [
        *Page.content_panels,
        HelpPanel(
            content=_(
                "Every editor can see every notice. Write about a named child or family in the portal, never here."
            )
        ),
        FieldPanel("audience"),
        FieldPanel("posted_on"),
        FieldPanel("words"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_description")], heading=_("Picture")),
    ]
    keeping = WORDS

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(condition=models.Q(audience__in=Audience.values), name="notice_audience_is_known"),
        ]

    @property
    def is_for_families(self):
        return self.audience == Audience.FAMILIES

    @property
    def beginning(self):
        """The notice's words without their form, for lists."""
        words = re.sub(r"[.,;]?</li>(?=</)", ".</li>", re.sub(r"[.,;]?</li>(?=<li)", ",</li>", self.words))
        return get_text_for_indexing(words)

    def clean(self):
        super().clean()
        if self.picture_id and not self.picture_description.strip():
            raise ValidationError({"picture_description": _("Say in a few words what the picture shows.")})

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        if self.is_for_families:
            add_never_cache_headers(response)
        return response

    def serve_preview(self, request, mode_name):
        return may_be_framed_by_us(super().serve_preview(request, mode_name))


# Models of their own files, where Django looks for them.
from home.signposts import Agency, LinkCheck, Topic  # noqa: E402, F401
from home.visit import VisitPage  # noqa: E402
