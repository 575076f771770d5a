"""Children, and the web of adults around each."""

from people.families.models.care import DelegatedDecision, FormerName, LookedAfterStatus
from people.families.models.emergency_access import EmergencyAccess
from people.families.models.family import Child, Household, KeyPerson, Kind, Relationship, Responsibility, Restriction
from people.families.models.term import FamilyList

__all__ = [
    "Child",
    "DelegatedDecision",
    "EmergencyAccess",
    "FamilyList",
    "FormerName",
    "Household",
    "KeyPerson",
    "Kind",
    "LookedAfterStatus",
    "Relationship",
    "Responsibility",
    "Restriction",
]
