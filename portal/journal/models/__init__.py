from portal.journal.models.book import Book
from portal.journal.models.observation import Observation, Origin
from portal.journal.models.photograph import Photograph
from portal.journal.models.said import Comment, ReadMark

__all__ = ["Book", "Comment", "Observation", "Origin", "Photograph", "ReadMark"]
