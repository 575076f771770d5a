"""How long records about a child are kept."""

from django.utils.translation import gettext_lazy as _

from records.retention import Retention

WITH_THE_CHILD = Retention(_("The child's record"), _("3 years after the child leaves"))
