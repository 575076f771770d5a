"""How we do things: the list of procedures, each procedure, and what it refers to."""

from procedures.models.batch import Batch, BatchFile
from procedures.models.finding import Word
from procedures.models.page import ProcedureIndexPage, ProcedurePage, end_of_next
from procedures.models.printing import Print
from procedures.models.reference import Reference
from procedures.models.review import Review, Side, SignOff
from procedures.models.told import ToldItem

__all__ = [
    "Batch",
    "BatchFile",
    "Print",
    "ProcedureIndexPage",
    "ProcedurePage",
    "Reference",
    "Review",
    "Side",
    "SignOff",
    "ToldItem",
    "Word",
    "end_of_next",
]
