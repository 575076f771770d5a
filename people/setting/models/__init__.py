"""The setting, its rooms and sessions, and who works here as what."""

from people.setting.models.approval import Approval
from people.setting.models.role import RoleHeld
from people.setting.models.room import Room, Session, StaffInRoom, Weekday
from people.setting.models.setting import Setting

__all__ = [
    "Approval",
    "RoleHeld",
    "Room",
    "Session",
    "Setting",
    "StaffInRoom",
    "Weekday",
]
