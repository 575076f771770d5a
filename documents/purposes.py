"""What a family may allow or not allow, one by one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Only where there is a real choice: what the law requires of us is not dressed up as a permission."""

    OWN_JOURNAL = "own_journal", _("photographs of my child in my child's own journal")
    OTHERS_JOURNALS = "others_journals", _("my child appearing in photographs in other children's journals")
    OUTINGS = "outings", _("local walks and outings with the group")
    URGENT_TREATMENT = "urgent_treatment", _("an ambulance and hospital for my child when I cannot be reached")
    CHECK_HEALTH_VISITOR = "check_health_visitor", _("giving my child's progress check to our health visitor")
    CHECK_OTHER_SETTING = (
        "check_other_setting",
        _("giving my child's progress check to another setting my child goes to"),
    )
    CHECK_SCHOOL = "check_school", _("giving my child's progress check to my child's school")


# What a no does in the portal, in whole sentences; each is held by tests of those who ask for the permission.
WHAT_A_NO_DOES = {
    Purpose.OWN_JOURNAL: _(
        "If you say no, nobody sees a photograph of %(name)s in any journal any more, whoever shared it and whenever: "
        "not you, not other families, not the people who work here, and not in books made before. The words stay. What "
        "is hidden is kept, and comes back once it is allowed again. Photographs that you or your household added from "
        "home stay where they are."
    ),
    Purpose.OTHERS_JOURNALS: _(
        "If you say no, other families see no photograph of %(name)s any more, and no page by the people who work here "
        "that names %(name)s. %(name)s's own journal stays as it is."
    ),
    Purpose.OUTINGS: _(
        "If you say no, everybody who looks after %(name)s reads it from that moment on the page of what families "
        "allow, and %(name)s's key person and those who lead are told."
    ),
    Purpose.URGENT_TREATMENT: _(
        "If you say no, everybody who looks after %(name)s reads it from that moment on the page of what families "
        "allow and on the emergency card, and %(name)s's key person and those who lead are told. We still ring 999 when "
        "a life is in danger."
    ),
    **dict.fromkeys(
        (Purpose.CHECK_HEALTH_VISITOR, Purpose.CHECK_OTHER_SETTING, Purpose.CHECK_SCHOOL),
        _("If you say no, nothing more is given. What was given before cannot be called back."),
    ),
}


# The same for a column of a table, read by those who look after children: first what is needed at the door.
SHORT = {
    Purpose.OUTINGS: _("Walks and outings"),
    Purpose.URGENT_TREATMENT: _("Ambulance and hospital"),
    Purpose.OWN_JOURNAL: _("Photographs in the own journal"),
    Purpose.OTHERS_JOURNALS: _("Photographs in others' journals"),
    Purpose.CHECK_HEALTH_VISITOR: _("Check to health visitor"),
    Purpose.CHECK_OTHER_SETTING: _("Check to other setting"),
    Purpose.CHECK_SCHOOL: _("Check to school"),
}
