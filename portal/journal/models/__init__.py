from portal.journal.models.finding import Word
from portal.journal.models.observation import ChildSpecificText, Observation, Origin, Revision
from portal.journal.models.photograph import Photograph, Upload
from portal.journal.models.said import About, Comment, ReadMark, Thanks

__all__ = [
    "About",
    "ChildSpecificText",
    "Comment",
    "Observation",
    "Origin",
    "Photograph",
    "ReadMark",
    "Revision",
    "Thanks",
    "Upload",
    "Word",
]
