"""How long all of a progress check is kept."""

from django.utils.translation import gettext_lazy as _

from records.keeping import Keeping

WITH_THE_CHECK = Keeping(
    _("The law asks for a check between two and three; families and the next setting build on it"),
    _("3 years after the child leaves"),
)
