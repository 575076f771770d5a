"""A signed word about the audit chain that is kept elsewhere: whoever writes the whole chain anew cannot take it back.

The chain alone shows an edit; it cannot show that its end was cut off, or that all of it was written again. A checkpoint
says "there are so many lines, and the last one has this hash", signed with a key of this setting (Ed25519). It goes into a
file, into every backup and into the managers' and the chair's mail. `bin/verify-audit` checks it without this program.
"""

import json
import os

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils import timezone

from config import keys
from records.models import AuditLine

FORMAT = 1
KEY_FILE = keys.CHECKPOINTS.file_name


def signing_key():
    """The setting's own key for checkpoints; made at the first call, readable by its owner only."""
    kept = keys.kept(settings.KEYS_DIR, keys.CHECKPOINTS, new_key)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept.decode("ascii")))


def new_key():
    return Ed25519PrivateKey.generate().private_bytes_raw().hex().encode()


def public_key():
    """The public half as 64 hexadecimal digits: it stands on the recovery sheet, and checks what the key has signed."""
    return signing_key().public_key().public_bytes_raw().hex()


def what_is_signed(said):
    """The bytes under the signature: the checkpoint without it, as JSON with its names in order."""
    said = {name: value for name, value in said.items() if name != "signature"}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def take():
    """A checkpoint of the chain as it stands now, or None while it has no line."""
    last = AuditLine.objects.order_by("-number").first()
    if last is None:
        return None
    said = {
        "format": FORMAT,
        "count": last.number,
        "head": last.hash,
        "moment": timezone.now().isoformat(timespec="seconds"),
    }
    return said | {"signature": signing_key().sign(what_is_signed(said)).hex()}


def as_line(checkpoint):
    """A checkpoint as the one line in which it is kept, mailed and read again."""
    return json.dumps(checkpoint, sort_keys=True)


def kept_file():
    return settings.DATA_DIR / "checkpoints" / "audit.jsonl"


def keep():
    """Take a checkpoint and add it to the file, on disk for good; nothing is added where no line has come since."""
    path, checkpoint = kept_file(), take()
    if checkpoint is None:
        return None
    earlier = read(path) if path.exists() else []
    if earlier and (earlier[-1]["count"], earlier[-1]["head"]) == (checkpoint["count"], checkpoint["head"]):
        return checkpoint
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        os.write(opened, f"{as_line(checkpoint)}\n".encode())
        os.fsync(opened)
    finally:
        os.close(opened)
    return checkpoint


def read(path):
    """The checkpoints in a file, which may be a saved mail: each stands on a line of its own. ValueError where there is none."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    found = [json.loads(line) for line in lines if line.startswith('{"count"')]
    if not found and path != kept_file():
        raise ValueError(f"There is no checkpoint in {path}.")
    return found


def is_ours(checkpoint, key):
    """Whether the public key (hex) signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(checkpoint.get("signature", "")), what_is_signed(checkpoint)
        )
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def problems(checkpoints, key):
    """What is not as these checkpoints say, one sentence each; an empty list is good."""
    found = []
    for said in checkpoints:
        if not is_ours(said, key):
            found.append(f"The checkpoint of {said.get('moment')} was not signed with this key.")
            continue
        line = AuditLine.objects.filter(number=said["count"]).first()
        if line is None:
            found.append(
                f"On {said['moment']} there were {said['count']} lines; there are fewer now: the end was cut off."
            )
        elif line.hash != said["head"]:
            found.append(f"Line {said['count']} is not the one of {said['moment']}: the chain was written anew.")
    return found
