"""How we do things: the list of procedures, each procedure, and what it refers to."""

from procedures.models.batch import Batch, BatchFile
from procedures.models.page import ProcedureIndexPage, ProcedurePage, end_of_next
from procedures.models.reference import Reference
from procedures.models.review import Review, Side, SignOff

__all__ = [
    "Batch",
    "BatchFile",
    "ProcedureIndexPage",
    "ProcedurePage",
    "Reference",
    "Review",
    "Side",
    "SignOff",
    "end_of_next",
]
