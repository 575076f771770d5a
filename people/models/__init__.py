"""The web of adults around a child, the people who work here, and what both need to come in."""

from people.models.family import (
    Child,
    ContactDetails,
    Household,
    KeyPerson,
    Kind,
    Level,
    Relationship,
    Responsibility,
    Restriction,
    Room,
)
from people.models.mail import OutgoingMail
from people.models.person import Authenticator, Invitation, Person, RecoveryCode, RecoveryCodes, RoleHeld
from people.models.setting import Setting

__all__ = [
    "Authenticator",
    "Child",
    "ContactDetails",
    "Household",
    "Invitation",
    "KeyPerson",
    "Kind",
    "Level",
    "OutgoingMail",
    "Person",
    "RecoveryCode",
    "RecoveryCodes",
    "Relationship",
    "Responsibility",
    "Restriction",
    "RoleHeld",
    "Room",
    "Setting",
]
