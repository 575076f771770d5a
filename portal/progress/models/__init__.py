from portal.progress.models.check import Check, Kind, State, WhoCompletes, cared_for_by
from portal.progress.models.passed import Copy, Share
from portal.progress.models.said import Remark, Seen, Talk
from portal.progress.models.together import Invitation, Part
from portal.progress.models.written import AreaNote, PlanRow

__all__ = [
    "AreaNote",
    "Check",
    "Copy",
    "Invitation",
    "Kind",
    "Part",
    "PlanRow",
    "Remark",
    "Seen",
    "Share",
    "State",
    "Talk",
    "WhoCompletes",
    "cared_for_by",
]
