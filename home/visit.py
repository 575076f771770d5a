"""What somebody wants to know before they come: how one arrives, where one sits, where the buggy goes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from home.naming import AsksAboutNamesPageForm
from records.retention import WORDS
from versions.showing import PHONE_FIRST, may_be_framed_by_us

# The field, its heading, and a question that helps the editor to write.
PARTS = [
    ("arriving", _("Arriving"), _("Where is the door, the bell, the gate? What does it look like?")),
    ("greeting", _("Who greets you"), _("Who comes to the door, and what happens then?")),
    ("dropping_off", _("Bringing and collecting"), _("From when to when, and where do families wait?")),
    ("seating", _("Where you can sit"), _("Are there chairs for adults, also for a bad back?")),
    ("refreshments", _("Something to drink"), _("Is there tea, water, something for a younger child?")),
    ("feeding", _("Feeding a baby"), _("Where can one breast-feed or warm a bottle, quietly or in company?")),
    ("buggies", _("Buggies and scooters"), _("Where can they stay, and is it dry?")),
    ("parking", _("Parking and buses"), _("Where may a car stand, and which bus stops near?")),
    ("access", _("Getting in and around"), _("Steps, widths, the accessible toilet, a hearing loop, somewhere quiet.")),
]


def part(number):
    _name, heading, question = PARTS[number]
    return models.TextField(heading, blank=True, help_text=question)


class VisitPage(Page):
    """Visiting us. Each part stands there when it has words."""

    lead = models.TextField(_("In short"), blank=True, help_text=_("A sentence that makes people want to come."))
    arriving = part(0)
    greeting = part(1)
    dropping_off = part(2)
    seating = part(3)
    refreshments = part(4)
    feeding = part(5)
    buggies = part(6)
    parking = part(7)
    access = part(8)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    preview_sizes = PHONE_FIRST
    template = "home/visit_page.html"
    base_form_class = AsksAboutNamesPageForm
    READ_BY_MANY = ("title", "lead", *(name for name, _heading, _question in PARTS), "seo_title", "search_description")
    content_panels = [
        FieldPanel("names_stay"),
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel(name) for name, _heading, _question in PARTS], heading=_("What visitors ask")),
    ]
    retention = WORDS

    class Meta:
        verbose_name = _("page for visitors")
        verbose_name_plural = _("pages for visitors")

    def parts(self):
        """The parts that have words: (name, which is its icon's, too; heading; words)."""
        return [(name, heading, getattr(self, name)) for name, heading, _q in PARTS if getattr(self, name).strip()]

    def all_words(self):
        return " ".join([self.lead, *(f"{heading}. {words}" for _name, heading, words in self.parts())])

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"parts": self.parts()}

    def serve_preview(self, request, mode_name):
        return may_be_framed_by_us(super().serve_preview(request, mode_name))
