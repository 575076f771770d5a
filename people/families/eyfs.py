"""The words of the EYFS that more than one room uses: areas of learning and how children learn (domain.md E1, E2).

No numbers and no levels stand here: a setting follows a framework of its own, or none (E5).
"""

from django.db import models
from django.utils.text import format_lazy
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


def areas_in_words(codes):
    """The names of areas of learning."""
    return [Area(code).label for code in codes]


def characteristics_in_words(codes):
    """The names of characteristics of effective learning."""
    return [Characteristic(code).label for code in codes]


# Stages that a setting may name beside an observation; none is required (E5), and none is a score.
# Development Matters: domain.md E3. Birth to 5 Matters: E4; what months a range spans differs by source and is not said.
STAGES = {
    "": {},
    "development_matters": {
        "dm_birth": _("Birth to three"),
        "dm_three": _("Three- and four-year-olds"),
        "dm_reception": _("Children in Reception"),
    },
    "birth_to_5": {f"b5_{number}": format_lazy("{} {}", _("Range"), number) for number in range(1, 7)},
}
FRAMEWORKS = [
    ("", _("None")),
    ("development_matters", _("Development Matters")),
    ("birth_to_5", _("Birth to 5 Matters")),
]


def stage_name(code):
    """The name of a stage in words; nothing for none, or for one that is no longer known."""
    return next((stages[code] for stages in STAGES.values() if code in stages), "")
