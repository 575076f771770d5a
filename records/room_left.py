"""How much room is left on the disk: what nobody noticed until the day on which nothing could be kept any more."""

import shutil

from django.conf import settings

LAST_SHARE = 0.10  # of the disk


def share_left() -> float:
    """The part of the data folder's disk that is free, from 0 to 1; 1 where it cannot be asked."""
    try:
        disk = shutil.disk_usage(settings.DATA_DIR)
    except OSError:
        return 1
    return disk.free / (disk.used + disk.free)  # what is kept for the machine's own administrator is nobody else's


def is_nearly_full() -> bool:
    return share_left() < LAST_SHARE
