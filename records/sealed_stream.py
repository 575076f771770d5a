"""How backups were encrypted before they were age files (decision 0038): read here, and written no more.

A header (name of the format, salt, nonce prefix), then pieces of 1 MiB, each AES-256-GCM with the header bound to it. The
nonce counts the pieces and marks the last. The key comes from the passphrase by scrypt.
"""

import struct
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from records.age_stream import Damaged, PieceReader

NAME = b"BIGBOOK-BACKUP-1"
SALT, PREFIX, TAG = 16, 7, 16
HEADER = len(NAME) + SALT + PREFIX
PIECE = 1024 * 1024


class SealedReader(PieceReader):
    """Gives the bytes back with read(); Damaged as soon as anything is not as it was written."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self.header = file.read(HEADER)
        if len(self.header) < HEADER or not self.header.startswith(NAME):
            raise Damaged("this is not a backup of Big Book")
        self.cipher = cipher(passphrase, self.header)
        super().__init__(file, PIECE + TAG)

    def decrypt(self, sealed: bytes, number: int, last: bool) -> bytes:
        return self.cipher.decrypt(nonce(self.header, number, last), sealed, self.header)


def cipher(passphrase: str, header: bytes) -> AESGCM:
    salt = header[len(NAME) : -PREFIX]
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def nonce(header: bytes, number: int, last: bool) -> bytes:
    return header[-PREFIX:] + struct.pack(">I?", number, last)
