"""Persons, what they sign in with, and what they type."""

from people.accounts.models.draft import Draft
from people.accounts.models.held import HeldForm
from people.accounts.models.me import AboutMe, ContactDetails, Introduction
from people.accounts.models.person import Authenticator, Invitation, Person, RecoveryCode, RecoveryCodes
from people.accounts.models.security import PasswordRequest, SecurityEvent
from people.accounts.models.trust import IdentityCheck, OpenSession, Pin, Tablet

__all__ = [
    "AboutMe",
    "Authenticator",
    "ContactDetails",
    "Draft",
    "HeldForm",
    "IdentityCheck",
    "Introduction",
    "Invitation",
    "OpenSession",
    "PasswordRequest",
    "Person",
    "Pin",
    "RecoveryCode",
    "RecoveryCodes",
    "SecurityEvent",
    "Tablet",
]
