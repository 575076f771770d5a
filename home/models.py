"""What everyone may read: the home page and pages of information; the models of the other files are found here, too."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from home.naming import AsksAboutNamesPageForm
from home.notices import NoticePage, NoticesPage
from home.plain_words import words_of_information
from home.reads import NoticeRead, NoticeStep
from home.showing import PLAIN_WORDS, WITH_HEADINGS
from home.signposts import Agency, LinkCheck, Topic
from home.visit import VisitPage
from people.setting.words import in_our_words
from records.retention import WORDS
from versions.audiences import Audience as Everybody
from versions.models import KeptPage
from versions.showing import PHONE_FIRST, may_be_framed_by_us

__all__ = [
    "Agency",
    "HomePage",
    "InformationPage",
    "LinkCheck",
    "NoticePage",
    "NoticeRead",
    "NoticeStep",
    "NoticesPage",
    "Topic",
    "VisitPage",
]


class HomePage(Page):
    """The front door."""

    welcome = RichTextField(_("Welcome words"), features=PLAIN_WORDS, blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    preview_sizes = PHONE_FIRST
    template = "home/home_page.html"
    base_form_class = AsksAboutNamesPageForm
    READ_BY_MANY = ("title", "welcome", "seo_title", "search_description")
    content_panels = [FieldPanel("names_stay"), *Page.content_panels, FieldPanel("welcome")]
    retention = WORDS

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
    base_form_class = AsksAboutNamesPageForm
    READ_BY_MANY = ("title", "lead", "body", "seo_title", "search_description")
    content_panels = [
        FieldPanel("names_stay"),
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        *KeptPage.change_panels,
    ]
    audience = Everybody.EVERYONE
    retention = WORDS

    class Meta:
        verbose_name = _("page of information")
        verbose_name_plural = _("pages of information")

    def kept_words(self):
        """What a version keeps: (kind, anchor, text) of everything that readers see."""
        return words_of_information(in_our_words(self.lead), in_our_words(self.body, escaped=True))

    def serve_preview(self, request, mode_name):
        return may_be_framed_by_us(super().serve_preview(request, mode_name))
