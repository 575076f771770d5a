"""How we do things: the list of procedures, each procedure, and what it refers to."""

from procedures.models.finding import Word
from procedures.models.page import ProcedureIndexPage, ProcedurePage, end_of_next
from procedures.models.printing import Print
from procedures.models.reference import Reference
from procedures.models.told import ToldItem

__all__ = ["Print", "ProcedureIndexPage", "ProcedurePage", "Reference", "ToldItem", "Word", "end_of_next"]
