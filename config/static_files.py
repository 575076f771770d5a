"""Style sheets, scripts and icons: with a hash in their names and compressed, so that a browser keeps them for good."""

import hashlib
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management import call_command
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """What was collected has a hash in its name; where nothing was, as in tests, the files are served as they are."""

    def stored_name(self, name):
        path = urlsplit(unquote(name)).path
        return super().stored_name(name) if self.hash_key(self.clean_name(path)) in self.hashed_files else name

    def create_compressor(self, **options):
        """Gzip alone: brotli saves a sixth more, and would make the first start eight seconds longer."""
        return Compressor(use_brotli=False, **options)


def collect():
    """Collect and compress all files, unless that was done for these files and packages before."""
    made_from = settings.STATIC_ROOT / "made-from"
    if made_from.exists() and made_from.read_text() == fingerprint():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    made_from.write_text(fingerprint())


def fingerprint():
    """Return a hash of our own files and of the versions of all packages that bring some."""
    digest = hashlib.sha256((settings.BASE_DIR / "uv.lock").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(folder.rglob("*.*")):
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
