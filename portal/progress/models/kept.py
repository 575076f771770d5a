"""How long all of a progress check is kept."""

from django.utils.translation import gettext_lazy as _

from records.retention import Retention

WITH_THE_CHECK = Retention(
    _("The law asks for a check between two and three; families and the next setting build on it"),
    _("3 years after the child leaves"),
)
