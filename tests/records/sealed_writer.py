"""The writer of backups before they were age files, kept so that tests can make an old one."""

import os

from records.sealed_stream import NAME, PIECE, PREFIX, SALT, cipher, nonce


class SealingWriter:
    """Takes bytes with write() and puts sealed pieces into a binary file; finish() writes the last one."""

    def __init__(self, file, passphrase):
        self.file = file
        self.header = NAME + os.urandom(SALT) + os.urandom(PREFIX)
        self.cipher = cipher(passphrase, self.header)
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
        self.file.write(self.cipher.encrypt(nonce(self.header, self.number, last), piece, self.header))
        self.number += 1
