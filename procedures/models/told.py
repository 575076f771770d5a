"""What the law has us tell families, item by item, and the page that does. The items are rows: they change when the law does."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from procedures.audiences import Audience
from procedures.models.page import ProcedurePage
from records.retention import WORDS


class ToldQuerySet(models.QuerySet["ToldItem"]):
    def with_pages(self):
        """The items in use, each with `answer`: its page as it is now; two queries for items, pages and one a kind of page."""
        items = list(self.filter(in_use=True))
        pages = Page.objects.filter(pk__in=[item.page_id for item in items if item.page_id]).live().specific()
        by_number = {page.pk: page for page in pages}
        for item in items:
            item.answer = by_number.get(item.page_id)
        return items

    def missing(self) -> Self:
        """The items in use that no page answers, or none that families may read; `answer` is a page that they may not."""
        untold = Q(page=None) | Q(page__live=False) | Q(page__procedurepage__audience=Audience.STAFF)
        return self.filter(untold, in_use=True).select_related("page")


class ToldItem(models.Model):
    """One thing that families must be told."""

    title = models.CharField(_("What"), max_length=150)
    words = models.TextField(_("What that means, in plain words"), blank=True)
    source = models.CharField(
        _("Where it is asked for"),
        max_length=200,
        blank=True,
        help_text=_("The law or framework, and how binding it is. Nobody but editors and managers sees it."),
    )
    page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("The page that answers it")
    )
    place = models.PositiveSmallIntegerField(_("Order"), default=100)
    in_use = models.BooleanField(_("Shown"), default=True)

    objects = ToldQuerySet.as_manager()
    retention = WORDS

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("thing we must tell families")
        verbose_name_plural = _("things we must tell families")

    def __str__(self):
        return self.title

    @property
    def is_told(self):
        """Whether a published page answers it that families may read. Asked of items from with_pages()."""
        return self.answer is not None and getattr(self.answer, "audience", "") != Audience.STAFF

    def may_be_read_by(self, audiences):
        """Whether the reader's audiences, as procedures or notices know them, include that of the page."""
        audience = getattr(self.answer, "audience", "public")
        return self.is_told and (audience in audiences or audience == "public")

    @property
    def is_procedure(self):
        return isinstance(self.answer, ProcedurePage)
