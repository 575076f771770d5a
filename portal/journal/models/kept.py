"""How long all of the journal is kept."""

from django.utils.translation import gettext_lazy as _

from records.retention import Retention

WITH_THE_JOURNAL = Retention(
    _("The child's learning journal"), _("given to the family at leaving; pictures 3 months longer")
)
