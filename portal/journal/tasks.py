"""What the scheduler calls for the journal: photographs in their turn, and counting readers anew."""

from concurrent.futures import ThreadPoolExecutor

from django.core.files import File
from django.utils import timezone

from portal.journal import actions_uploads
from portal.journal.actions import count_readers
from portal.journal.models import Observation, Origin, Upload
from portal.journal.models.observation import LATELY
from records.pictures import NotAPicture, clean
from records.turns import WhoseTurn
from records.work import apart, daily, soon


@soon
def clean_uploads():
    """Begin to clean the next photograph that waits, or put the one that is ready on its page."""
    if studio.upload is None:
        return studio.begin()
    return studio.go_on()


@apart
def uploads_wait():
    """Whether a photograph is being cleaned or waits for it."""
    return studio.upload is not None or Upload.objects.waiting().exists()


class Studio:
    """Cleans one photograph after the other in a thread of its own: mail goes on leaving meanwhile.

    Whoever was served longest ago comes next, so that twenty photographs of one person hold up nobody else's one.
    """

    def __init__(self):
        self.upload = self.cleaning = None
        self.thread = ThreadPoolExecutor(1)
        self.whose_turn = WhoseTurn()

    def begin(self):
        senders = Upload.objects.waiting().values_list("observation__author", flat=True)
        if not senders:
            return 0
        sender = self.whose_turn.of(senders)
        self.upload = Upload.objects.waiting().filter(observation__author=sender).first()
        self.cleaning = self.thread.submit(_cleaned, actions_uploads.path_of(self.upload), self.upload.name)
        return 1

    def go_on(self):
        if not self.cleaning.done():
            return 0
        upload, self.upload = self.upload, None
        try:
            actions_uploads.take_in(upload, self.cleaning.result())
        except NotAPicture as problem:
            actions_uploads.refuse(upload, problem.why)
        except FileNotFoundError:  # a backup holds the row and not the file
            actions_uploads.refuse(upload, "lost")
        return 1


def _cleaned(path, name):
    with path.open("rb") as file:
        return clean(File(file, name))


studio = Studio()


@daily
def clear_away_uploads():
    return actions_uploads.clear_away_uploads()


@daily
def count_held_back():
    """Permissions, relationships and restrictions change: of lately's pages it is counted anew whom they reach."""
    since = timezone.now() - LATELY
    pages = Observation.objects.filter(origin=Origin.SETTING, shared_at__gte=since, withdrawn_at__isnull=True)
    for page in pages:
        count_readers(page)
    return len(pages)
