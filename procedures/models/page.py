"""The list of procedures, and each procedure."""

import datetime
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from documents.models import Form
from documents.wording import SlimStreamField
from people.setting.words import EXPLAINED, in_our_words
from procedures.audiences import Audience, audiences_of
from procedures.blocks import ProcedureBody
from procedures.contents import contents
from procedures.links import plain_words
from procedures.outline import WORDS as WORDS_OF_THE_BODY
from procedures.outline import outline, text_parts
from procedures.references import CODE, agrees, find_mentions, sort_key
from records.months import add_months
from records.retention import WORDS
from versions.models import KeptPage
from versions.showing import PHONE_FIRST, may_be_framed_by_us

if TYPE_CHECKING:
    from people.accounts.models import Person

A_SEASON = datetime.timedelta(days=90)  # a review a little early still counts for this year's month


class ProcedureIndexPage(Page):
    """All procedures that the reader may see, by section."""

    introduction = models.TextField(_("Introduction"), blank=True)

    max_count = 1
    subpage_types = ["procedures.ProcedurePage"]
    preview_sizes = PHONE_FIRST
    template = "procedures/index_page.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    retention = WORDS

    class Meta:
        verbose_name = _("list of procedures")
        verbose_name_plural = _("lists of procedures")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        pages = ProcedurePage.objects.visible_to(request.user).in_order()
        return context | contents(pages, request.GET.get("section", ""))

    def serve_preview(self, request, mode_name):
        return may_be_framed_by_us(super().serve_preview(request, mode_name))


class ProcedureQuerySet(PageQuerySet):
    def visible_to(self, user: "Person") -> Self:
        """Procedures this person may read now: published ones, for an audience to which the person belongs today."""
        return self.live().filter(audience__in=audiences_of(user))

    def in_order(self) -> Self:
        return self.order_by("sort_key", "title", "pk")

    def meant_by(self, code: str, title: str) -> "ProcedurePage | None":
        """The procedure that a mention means, or None: the code when the title agrees, else the same title alone."""
        for page in self.filter(sort_key=sort_key(code)).order_by("-live", "pk"):
            if page.agrees_with(title):
                return page
        same_title = self.filter(title__iexact=title).order_by("-live", "pk") if title else self.none()
        return same_title.first()


class ProcedurePage(KeptPage):
    """One procedure: a promise with a number, a date and readers."""

    code = models.CharField(
        _("Code"),
        max_length=10,
        validators=[RegexValidator(rf"^{CODE}$", _("A code looks like 10.01, 10.1 or 09.01b."))],
        help_text=_("As your setting writes it: 10.01 or 10.1 (they are the same to the program), 09.01b for a form."),
    )
    sort_key = models.CharField(max_length=20, editable=False, db_index=True)
    section = models.CharField(
        _("Section"),
        max_length=200,
        blank=True,
        help_text=_("The name of its section, for example: Working with families"),
    )
    in_short = models.TextField(
        _("In short"),
        blank=True,
        help_text=_("What this means for a family, in two or three plain sentences. It stands at the top of the page."),
    )
    body = SlimStreamField(ProcedureBody(), verbose_name=_("Words"), blank=True)
    other_words = models.TextField(
        _("Other words"),
        blank=True,
        help_text=_(
            "Words that people search for and that do not stand in the text, such as: nappy, potty, wet clothes. "
            "Nobody sees them."
        ),
    )
    audience = models.CharField(_("Who may read it"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    looked_after_by = models.CharField(
        _("Who looks after it"), max_length=100, blank=True, help_text=_("A role, such as: the manager")
    )
    adopted_on = models.DateField(_("Adopted on"), null=True, blank=True)
    reviewed_on = models.DateField(_("Last reviewed on"), null=True, blank=True)
    next_review_on = models.DateField(_("Next review on"), null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(
        _("Reviewed every (months)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    review_month = models.PositiveSmallIntegerField(
        _("In which month"), null=True, blank=True, choices=list(MONTHS.items())
    )
    reviewed_by = models.CharField(
        _("Reviewed by"), max_length=100, blank=True, help_text=_("For example: staff and committee")
    )
    signed_by_staff = models.BooleanField(_("A member of staff signs each review"), default=True)
    signed_by_committee = models.BooleanField(_("A member of the committee signs each review"), default=True)

    objects = PageManager.from_queryset(ProcedureQuerySet)()
    parent_page_types = ["procedures.ProcedureIndexPage"]
    subpage_types = []
    preview_sizes = PHONE_FIRST
    template = "procedures/procedure_page.html"
    search_fields = [*Page.search_fields, index.SearchField("code"), index.AutocompleteField("code")]
    content_panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("section")]),
        *Page.content_panels,
        FieldPanel("in_short"),
        FieldPanel("body", help_text=EXPLAINED),
        FieldPanel("other_words"),
        FieldPanel("audience"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("looked_after_by"), FieldPanel("adopted_on")]),
                FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("next_review_on")]),
                FieldRowPanel([FieldPanel("review_months"), FieldPanel("review_month")]),
                FieldPanel("reviewed_by"),
                FieldRowPanel([FieldPanel("signed_by_staff"), FieldPanel("signed_by_committee")]),
            ],
            heading=_("Review"),
        ),
        *KeptPage.change_panels,
    ]
    retention = WORDS

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="procedure_audience_is_known"
            ),
        ]

    def get_admin_display_title(self):
        return f"{self.code} {self.draft_title or self.title}"

    def clean(self):
        super().clean()
        if self.next_review_on is None:
            self.next_review_on = next_review(self.reviewed_on, self.review_months, self.review_month)

    def save(self, *args, **kwargs):
        self.sort_key = sort_key(self.code)
        super().save(*args, **kwargs)

    def agrees_with(self, title):
        return agrees(title, self.title)

    @property
    def full_title(self):
        return f"{self.code} {self.title}"

    kept_title = full_title

    def kept_words(self):
        """What a version keeps: (kind, anchor, text) of everything that readers see."""
        words = [("short", "", in_our_words(self.in_short))] if self.in_short else []
        return words + [
            (kind, f"{kind[0]}-{str(identifier)[:8]}", plain_words(value))
            for kind, identifier, value in self.said()
            if kind == "heading" or kind in WORDS_OF_THE_BODY
        ]

    def parts(self):
        """The body as (kind, id, value), the same shape that an import gives before anything is saved."""
        return [(block.block_type, block.id, block.value) for block in self.body]

    def said(self):
        """The parts with the setting's own words filled in: what readers see."""
        return [
            (kind, each, in_our_words(value) if isinstance(value, str) else value) for kind, each, value in self.parts()
        ]

    def texts(self):
        """The words in which other procedures can be mentioned."""
        return text_parts(self.parts())

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["outline"] = outline(self.said(), self.links_for(request))
        context["related"] = self.related_for(request)
        context["mentioned_in"] = self.mentioned_in(request)
        return context

    def links_for(self, request):
        """Where the mentions in the text lead for this reader, by the mention's sort key: (code, title, address)."""
        references = self.references.filter(target__in=ProcedurePage.objects.visible_to(request.user)).select_related(
            "target"
        )
        forms = self.references.filter(target__isnull=True, form__in=Form.objects.visible_to(request.user))
        found = {each.sort_key: (each.code, each.title, reverse("papers:form", args=[each.form_id])) for each in forms}
        return found | {each.sort_key: (each.code, each.title, each.target.get_url(request)) for each in references}

    def related_for(self, request):
        """The chosen related pages that this reader may open, with their addresses."""
        chosen = [block.value.pk for block in self.body if block.block_type == "related" and block.value]
        pages = ProcedurePage.objects.visible_to(request.user).filter(pk__in=chosen).in_order().defer("body")
        return [(page.full_title, page.get_url(request)) for page in pages] if chosen else []

    def mentioned_in(self, request):
        """The pages whose published words refer to this one and that this reader may open, with their addresses."""
        referring = set(self.referred_to_by.values_list("procedure", flat=True)) - {self.pk}  # asked first: it is short
        if not referring:
            return []
        pages = ProcedurePage.objects.visible_to(request.user).filter(pk__in=referring).in_order()
        pages = pages.prefetch_related("references")
        return [(page.full_title, page.get_url(request)) for page in pages if page.mentions(self)]

    def mentions(self, other):
        """Whether the published words refer to the other page; a mention may stand in a draft only."""
        known = {reference.sort_key for reference in self.references.all() if reference.target_id == other.pk}
        return any(sort_key(mention.code) in known for text in self.texts() for mention in find_mentions(text))

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        if self.audience != Audience.EVERYONE:
            add_never_cache_headers(response)
        return response

    def serve_preview(self, request, mode_name):
        return may_be_framed_by_us(super().serve_preview(request, mode_name))


def next_review(reviewed_on, months, month):
    """When a procedure is due again: in its month, a season after the last review at the earliest; else after its months."""
    if month is None and months is None:
        return None
    begin = reviewed_on or timezone.localdate()
    if month is None:
        return add_months(begin, months)
    after = begin + A_SEASON if reviewed_on else begin
    return end_of_next(month, add_months(after, max(0, (months or 12) - 12)))


def end_of_next(month, after):
    """The last day of the next such month that ends after a day: a review in November is due by 30 November."""
    for year in (after.year, after.year + 1):
        first_of_following = datetime.date(year + month // 12, month % 12 + 1, 1)
        if (last := first_of_following - datetime.timedelta(days=1)) > after:
            return last
    raise AssertionError("one of two years has the month still to come")
