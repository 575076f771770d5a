"""What a family may allow or not allow, one by one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Only where there is a real choice: what the law requires of us is not dressed up as a permission."""

    OWN_JOURNAL = "own_journal", _("photographs of my child in my child's own journal")
    OTHERS_JOURNALS = "others_journals", _("my child appearing in photographs in other children's journals")
    OUTINGS = "outings", _("local walks and outings with the group")
    CHECK_HEALTH_VISITOR = "check_health_visitor", _("giving my child's progress check to our health visitor")
    CHECK_OTHER_SETTING = (
        "check_other_setting",
        _("giving my child's progress check to another setting my child goes to"),
    )
    CHECK_SCHOOL = "check_school", _("giving my child's progress check to my child's school")
