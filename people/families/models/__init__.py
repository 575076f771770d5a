"""Children, and the web of adults around each."""

from people.families.models.care import DelegatedDecision, InCare, NameBefore
from people.families.models.emergency_access import BrokenGlass
from people.families.models.family import Child, Household, KeyPerson, Kind, Relationship, Responsibility, Restriction
from people.families.models.term import FamilyList

__all__ = [
    "BrokenGlass",
    "Child",
    "DelegatedDecision",
    "FamilyList",
    "Household",
    "InCare",
    "KeyPerson",
    "Kind",
    "NameBefore",
    "Relationship",
    "Responsibility",
    "Restriction",
]
