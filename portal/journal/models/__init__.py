from portal.journal.models.finding import Word
from portal.journal.models.observation import Earlier, Observation, Origin, OwnWords
from portal.journal.models.photograph import Photograph, Upload
from portal.journal.models.said import About, Comment, ReadMark, Thanks

__all__ = [
    "About",
    "Comment",
    "Earlier",
    "Observation",
    "Origin",
    "OwnWords",
    "Photograph",
    "ReadMark",
    "Thanks",
    "Upload",
    "Word",
]
