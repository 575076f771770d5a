"""A text field that is unreadable in the database and in its backups without the key file."""

import base64
import os
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

from config import keys


def field_key() -> bytes:
    """The secret whose loss makes encrypted fields unreadable; it is on the recovery sheet."""
    return keys.kept(settings.KEYS_DIR, keys.FIELDS, keys.random_words)


@cache
def _cipher(folder: Path) -> AESGCM:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"big-book-field").derive(field_key())
    return AESGCM(key)


class EncryptedText(models.TextField):
    """AES-256-GCM, bound to its column: a value moved to another column does not open (cryptography.InvalidTag)."""

    def _bound_to(self) -> bytes:
        return f"{self.model._meta.label_lower}.{self.name}".encode()

    def get_prep_value(self, value: str) -> str:
        if not value:
            return ""
        nonce = os.urandom(12)
        sealed = nonce + _cipher(settings.KEYS_DIR).encrypt(nonce, str(value).encode(), self._bound_to())
        return "1:" + base64.b64encode(sealed).decode("ascii")

    def from_db_value(self, value, expression, connection):
        if not value:
            return ""
        sealed = base64.b64decode(value.removeprefix("1:"))
        return _cipher(settings.KEYS_DIR).decrypt(sealed[:12], sealed[12:], self._bound_to()).decode()
