"""The age format, version 1, opened by a passphrase: what `age -p` writes and `age -d` reads (age-encryption.org/v1).

A header in ASCII holds the file's own key, encrypted with the passphrase by scrypt, and a MAC of itself. Then come pieces
of 64 KiB, each encrypted with ChaCha20-Poly1305; the nonce counts them and marks the last, so none can be changed, swapped
or left off. Both ways hold a few pieces in memory, however long the file is.
"""

import base64
import hmac
import os
import re
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

PIECE, TAG = 64 * 1024, 16
# The words of the recovery sheet are 158 random bits, which nobody guesses at any cost: 32 MiB for a moment are enough.
WORK = 15
# A backup that somebody encrypted anew by hand has age's own 18 (256 MiB); more would only tie up the machine.
MOST_WORK = 18
FORMAT = b"age-encryption.org/v1"
HEADER = re.compile(  # in base64 without padding: the salt, the wrapped key, the MAC
    rb"age-encryption\.org/v1\n-> scrypt (%(b64)s{22}) ([1-9][0-9]?)\n(%(b64)s{43})\n---( %(b64)s{43}\n)"
    % {b"b64": rb"[A-Za-z0-9+/]"}
)
LONGEST_LINE = 64


class Damaged(Exception):
    """The file is not a backup, was changed, is cut short, or the passphrase is another one."""


class AgeWriter:
    """Takes bytes with write() and puts encrypted pieces into a binary file; finish() writes the last one."""

    def __init__(self, file: BinaryIO, passphrase: str, work: int = WORK) -> None:
        self.file = file
        file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
        wrapped = ChaCha20Poly1305(_wrap_key(passphrase, salt, work)).encrypt(bytes(12), file_key, None)
        header = FORMAT + b"\n-> scrypt %s %d\n%s\n---" % (_to_text(salt), work, _to_text(wrapped))
        file.write(header + b" " + _to_text(_mac(file_key, header)) + b"\n" + nonce)
        self.cipher = ChaCha20Poly1305(_derive(file_key, b"payload", nonce))
        self.waiting = bytearray()
        self.number = 0

    def write(self, content: bytes) -> int:
        self.waiting += content
        while len(self.waiting) > PIECE:  # one piece always stays back: it may be the last
            self._encrypt(bytes(self.waiting[:PIECE]), last=False)
            del self.waiting[:PIECE]
        return len(content)

    def finish(self) -> None:
        self._encrypt(bytes(self.waiting), last=True)

    def _encrypt(self, piece: bytes, last: bool) -> None:
        self.file.write(self.cipher.encrypt(_nonce(self.number, last), piece, None))
        self.number += 1


class PieceReader:
    """Gives back with read() what was encrypted piece by piece; raises Damaged where a piece is not as it was written."""

    def __init__(self, file: BinaryIO, sealed_size: int) -> None:
        self.file, self.sealed_size = file, sealed_size
        self.sealed = file.read(sealed_size)
        self.ready = bytearray()
        self.number = 0
        self.ended = False

    def decrypt(self, sealed: bytes, number: int, last: bool) -> bytes:
        """Return the content of piece `number`; cryptography.InvalidTag where it was changed."""
        raise NotImplementedError

    def read(self, size: int = -1) -> bytes:
        while not self.ended and (size < 0 or len(self.ready) < size):
            self._open_next()
        size = len(self.ready) if size < 0 else size
        content = bytes(self.ready[:size])
        del self.ready[:size]
        return content

    def _open_next(self) -> None:
        following = self.file.read(self.sealed_size)
        try:
            self.ready += self.decrypt(self.sealed, self.number, not following)
        except InvalidTag:
            raise Damaged("the file was changed") from None
        self.sealed = following
        self.number += 1
        self.ended = not following


class AgeReader(PieceReader):
    """Gives the bytes of an age file back with read(); Damaged as soon as anything is not as it was written."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        file_key = _file_key(file, passphrase)
        self.cipher = ChaCha20Poly1305(_derive(file_key, b"payload", file.read(16)))
        super().__init__(file, PIECE + TAG)

    def decrypt(self, sealed: bytes, number: int, last: bool) -> bytes:
        if last and number and len(sealed) == TAG:
            raise Damaged("the file was changed")  # the format has no empty piece after others
        return self.cipher.decrypt(_nonce(number, last), sealed, None)


def _file_key(file: BinaryIO, passphrase: str) -> bytes:
    """Read the header and return the file's own key."""
    header = b"".join(file.readline(LONGEST_LINE) for _ in range(4))
    match = HEADER.fullmatch(header)
    if not match:
        raise Damaged("this is not a backup of Big Book")
    salt, work, wrapped, mac = match.groups()
    if int(work) > MOST_WORK:
        raise Damaged(f"opening it would take more memory than a backup may ask for (2^{int(work)})")
    try:
        key = ChaCha20Poly1305(_wrap_key(passphrase, _to_bytes(salt), int(work)))
        file_key = key.decrypt(bytes(12), _to_bytes(wrapped), None)
    except InvalidTag:
        raise Damaged("the passphrase is another one, or the file was changed") from None
    if not hmac.compare_digest(b" " + _to_text(_mac(file_key, header[: match.start(4)])) + b"\n", mac):
        raise Damaged("the file was changed")
    return file_key


def _wrap_key(passphrase: str, salt: bytes, work: int) -> bytes:
    salt = b"age-encryption.org/v1/scrypt" + salt
    return Scrypt(salt=salt, length=32, n=2**work, r=8, p=1).derive(passphrase.encode())


def _derive(file_key: bytes, purpose: bytes, salt: bytes = b"") -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose).derive(file_key)


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derive(file_key, b"header"), header, "sha256")


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _to_text(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def _to_bytes(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4))
