"""The web of adults around a child, the people who work here, and what both need to come in."""

from people.access import RestrictionKind
from people.models.approval import Approval
from people.models.care import DelegatedDecision, InCare, NameBefore
from people.models.draft import Draft
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
from people.models.held import HeldForm
from people.models.mail import OutgoingMail, Untold
from people.models.me import AboutMe, Introduction
from people.models.person import Authenticator, Invitation, Person, RecoveryCode, RecoveryCodes, RoleHeld
from people.models.room import Session, StaffInRoom, Weekday
from people.models.security import PasswordRequest, SecurityEvent
from people.models.setting import Setting
from people.models.term import FamilyList
from people.models.trust import BrokenGlass, CheckAtTheDoor, OpenSession, Pin, Tablet

__all__ = [
    "AboutMe",
    "Approval",
    "Authenticator",
    "BrokenGlass",
    "CheckAtTheDoor",
    "Child",
    "ContactDetails",
    "DelegatedDecision",
    "Draft",
    "FamilyList",
    "HeldForm",
    "Household",
    "InCare",
    "Introduction",
    "Invitation",
    "KeyPerson",
    "Kind",
    "Level",
    "NameBefore",
    "OpenSession",
    "OutgoingMail",
    "PasswordRequest",
    "Person",
    "Pin",
    "RecoveryCode",
    "RecoveryCodes",
    "Relationship",
    "Responsibility",
    "Restriction",
    "RestrictionKind",
    "RoleHeld",
    "Room",
    "SecurityEvent",
    "Session",
    "Setting",
    "StaffInRoom",
    "Tablet",
    "Untold",
    "Weekday",
]
