"""How long records about a child are kept."""

from django.utils.translation import gettext_lazy as _

from records.keeping import Keeping

WITH_THE_CHILD = Keeping(_("The child's record"), _("3 years after the child leaves"))
