"""One long file that only the passphrase opens, and that shows any changed, missing or added byte.

A header (name of the format, salt, nonce prefix), then pieces of 1 MiB, each AES-256-GCM with the header bound to it.
The nonce counts the pieces and marks the last, so none can be dropped, swapped or left off (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizár, 2015, as in age and Tink). The key comes from the passphrase by scrypt.
"""

import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

NAME = b"BIGBOOK-BACKUP-1"
SALT, PREFIX, TAG = 16, 7, 16
HEADER = len(NAME) + SALT + PREFIX
PIECE = 1024 * 1024


class Damaged(Exception):
    """The file is not ours, was changed, is cut short, or the passphrase is another one."""


def _cipher(passphrase, salt):
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


class SealingWriter:
    """Takes bytes with write() and puts sealed pieces into a binary file; finish() writes the last one."""

    def __init__(self, file, passphrase):
        self.file = file
        self.header = NAME + os.urandom(SALT) + os.urandom(PREFIX)
        self.cipher = _cipher(passphrase, self.header[len(NAME) : -PREFIX])
        self.waiting = bytearray()
        self.number = 0
        file.write(self.header)

    def write(self, content):
        self.waiting += content
        while len(self.waiting) > PIECE:  # one piece always stays back: it may be the last
            self._seal(bytes(self.waiting[:PIECE]), last=False)
            del self.waiting[:PIECE]
        return len(content)

    def finish(self):
        self._seal(bytes(self.waiting), last=True)

    def _seal(self, piece, last):
        self.file.write(self.cipher.encrypt(_nonce(self.header, self.number, last), piece, self.header))
        self.number += 1


class OpeningReader:
    """Gives the bytes back with read(); Damaged as soon as anything is not as it was written."""

    def __init__(self, file, passphrase):
        self.file = file
        self.header = file.read(HEADER)
        if len(self.header) < HEADER or not self.header.startswith(NAME):
            raise Damaged("this is not a backup of Big Book")
        self.cipher = _cipher(passphrase, self.header[len(NAME) : -PREFIX])
        self.sealed = file.read(PIECE + TAG)
        self.ready = bytearray()
        self.number = 0
        self.ended = False

    def read(self, size=-1):
        while not self.ended and (size < 0 or len(self.ready) < size):
            self._open_next()
        size = len(self.ready) if size < 0 else size
        content = bytes(self.ready[:size])
        del self.ready[:size]
        return content

    def _open_next(self):
        following = self.file.read(PIECE + TAG)
        try:
            opened = self.cipher.decrypt(_nonce(self.header, self.number, not following), self.sealed, self.header)
        except InvalidTag:
            about = (
                "the passphrase is another one, or the file was changed" if self.number == 0 else "the file was changed"
            )
            raise Damaged(about) from None
        self.ready += opened
        self.sealed = following
        self.number += 1
        self.ended = not following


def _nonce(header, number, last):
    return header[-PREFIX:] + struct.pack(">I?", number, last)
