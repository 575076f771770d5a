"""PDFs of a procedure and of the folder: which are wanted, which are made. The rows that wait are the scheduler's queue."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from procedures.audiences import Audience
from procedures.models.page import ProcedurePage
from records.retention import Retention


class PrintQuerySet(models.QuerySet["Print"]):
    def waiting(self):
        """Those whose words are not the words of the file that was made."""
        return self.exclude(digest=F("made_digest")).order_by("asked_at", "pk")


class Print(models.Model):
    """One PDF: of a procedure, or of the whole folder as an audience reads it. The digest stands for the words in it."""

    procedure = models.OneToOneField(ProcedurePage, models.CASCADE, null=True, related_name="print")
    folder_for = models.CharField(max_length=10, choices=Audience, blank=True)
    digest = models.CharField(max_length=64)
    made_digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)  # pages so far
    large = models.BooleanField(default=False)  # of the folder: somebody wants it in large print, too
    failures = models.PositiveSmallIntegerField(default=0)

    objects = PrintQuerySet.as_manager()
    retention = Retention(_("Which PDFs of the procedures are made"), _("as long as the procedure is there"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(procedure__isnull=False, folder_for="") | Q(procedure__isnull=True, folder_for__gt=""),
                name="print_of_a_procedure_or_of_the_folder",
            ),
            models.UniqueConstraint(
                fields=["folder_for"], condition=Q(folder_for__gt=""), name="one_print_of_a_folder"
            ),
        ]

    def __str__(self):
        return self.folder_for or str(self.procedure_id)
