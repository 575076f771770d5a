"""The words of the EYFS that more than one room uses: areas of learning and how children learn (domain.md E1, E2).

No numbers and no levels stand here: a setting follows a framework of its own, or none (E5).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Area(models.TextChoices):
    """The seven areas of learning: three prime, then four specific."""

    COMMUNICATION = "communication", _("Communication and language")
    PERSONAL = "personal", _("Personal, social and emotional development")
    PHYSICAL = "physical", _("Physical development")
    LITERACY = "literacy", _("Literacy")
    MATHEMATICS = "mathematics", _("Mathematics")
    WORLD = "world", _("Understanding the world")
    ARTS = "arts", _("Expressive arts and design")


PRIME = (Area.COMMUNICATION, Area.PERSONAL, Area.PHYSICAL)
SPECIFIC = (Area.LITERACY, Area.MATHEMATICS, Area.WORLD, Area.ARTS)


class Characteristic(models.TextChoices):
    """The characteristics of effective learning."""

    PLAYING = "playing", _("Playing and exploring")
    ACTIVE = "active", _("Active learning")
    THINKING = "thinking", _("Creating and thinking critically")
