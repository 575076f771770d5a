"""What a procedure mentions, and the page meant."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import Form
from procedures.models.page import ProcedurePage
from procedures.references import agrees, plain, sort_key
from records.retention import Retention


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def leading_nowhere(self):
        """Mentions that lead neither to a published page nor to a form in use."""
        return self.exclude(target__live=True).exclude(target__isnull=True, form__in_use=True)

    def to_look_at(self):
        """Mentions that lead nowhere, or whose number is no longer the number of the page they lead to."""
        other_number = models.Q(target__isnull=False) & ~models.Q(target__sort_key=models.F("sort_key"))
        return self.filter(models.Q(pk__in=self.leading_nowhere().values("pk")) | other_number)


class Reference(models.Model):
    """One procedure mentions another document. The page is kept once it is known, so that a new number breaks no link."""

    procedure = models.ForeignKey(ProcedurePage, models.CASCADE, related_name="references")
    code = models.CharField(_("Code"), max_length=10)
    sort_key = models.CharField(max_length=20, db_index=True)
    title = models.CharField(_("Title as mentioned"), max_length=300, blank=True)
    target = models.ForeignKey(ProcedurePage, models.SET_NULL, null=True, related_name="referred_to_by")
    form = models.ForeignKey(Form, models.SET_NULL, null=True, related_name="+")  # where there is no page

    objects = ReferenceQuerySet.as_manager()
    retention = Retention(_("Which procedure mentions which"), _("as long as the procedure mentions it"))

    class Meta:
        ordering = ["procedure__sort_key", "sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["procedure", "sort_key"], name="one_reference_per_code")]

    def __str__(self):
        return f"{self.code} {self.title}".strip()

    @property
    def form_agrees(self):
        """Whether the form has this number and a title that can be the one mentioned, still."""
        return sort_key(self.form.code) == self.sort_key and agrees(self.title, self.form.title)

    def is_same_title(self, other):
        return plain(self.title) == plain(other)
