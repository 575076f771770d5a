"""What pyHanko is told, so that a seal is repeatable and a check is strict; documents/seal.py is the way in."""

import hashlib
import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from asn1crypto import cms, keys
from asn1crypto import x509 as asn1_x509
from asn1crypto.pem import unarmor
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.signers import PdfSigner, SimpleSigner
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

# A changed byte is an answer here, not a fault to fill the log with.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


class SealAt(PdfSigner):
    """A signer whose clock stands at the moment the person signed."""

    def __init__(self, *args, signed_at, **kwargs):
        super().__init__(*args, **kwargs)
        self.signed_at = signed_at

    def init_signing_session(self, pdf_out, existing_fields_only=False):
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.signed_at
        return session


class SteadyWriter(IncrementalPdfFileWriter):
    """Adds to a PDF without writing the present moment or random numbers into it."""

    def __init__(self, pdf):
        super().__init__(BytesIO(pdf))
        first, _random = self._document_id
        self._document_id = ArrayObject([first, ByteStringObject(hashlib.sha256(pdf).digest()[:16])])

    def _update_meta(self):
        """The description of the file stays as it is."""


class SteadySigner(SimpleSigner):
    """Signs the same bytes the same way each time where the key is an elliptic-curve one (RFC 6979)."""

    key = None

    def sign_raw(self, data, digest_algorithm):
        if isinstance(self.key, ec.EllipticCurvePrivateKey) and digest_algorithm == "sha256":
            return self.key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        return super().sign_raw(data, digest_algorithm)


def signer_from(key, certificates):
    """A signer for a private key and its certificate chain, the key's own certificate first (cryptography's objects)."""
    der, pem = serialization.Encoding.DER, serialization.Encoding.PEM
    plain = key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    own, *others = [asn1_x509.Certificate.load(unarmor(each.public_bytes(pem))[2]) for each in certificates]
    store = SimpleCertificateStore()
    store.register_multiple(others)
    signer = SteadySigner(own, keys.PrivateKeyInfo.load(plain), store, embed_roots=False)
    signer.key = key
    return signer


@dataclass(frozen=True)
class Found:
    """A seal as read from a file."""

    unchanged: bool
    ours: bool
    signed_at: datetime | None
    signer: str


def read_seal(pdf, sealers):
    """The one seal of a PDF judged against certificates we trust (PEM bytes); None where there is none."""
    reader = PdfFileReader(BytesIO(pdf))
    seals = reader.embedded_regular_signatures
    if not seals:
        return None
    trusted = [next(load_certs_from_pemder_data(pem)) for pem in sealers]
    own = seals[0]
    signed_at = own.self_reported_timestamp
    # At the moment of sealing: a certificate that has run out since does not unsay what it sealed.
    context = ValidationContext(
        trust_roots=trusted, moment=signed_at.astimezone(UTC), allow_fetching=False, revocation_mode="soft-fail"
    )
    status = validate_pdf_signature(own, signer_validation_context=context)
    unchanged = (
        len(seals) == 1
        and status.intact
        and status.valid
        and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and status.modification_level == ModificationLevel.NONE
        and nothing_hides_around_the_seal(pdf, own)
    )
    ours = status.trusted and own.signer_cert.dump() in [each.dump() for each in trusted]
    return Found(unchanged, ours, signed_at, own.signer_cert.subject.native.get("common_name", ""))


def attached(pdf, name):
    """The bytes of the file with this name that travels inside a PDF; LookupError where there is none."""
    names = PdfFileReader(BytesIO(pdf)).root["/Names"]["/EmbeddedFiles"]["/Names"]
    for place in range(0, len(names), 2):
        if str(names[place]) == name:
            return names[place + 1]["/EF"]["/F"].data
    raise LookupError(name)


def nothing_hides_around_the_seal(pdf, own):
    """Whether the part of the file that the seal cannot cover, its own place, holds the seal and zeros and no more."""
    start, before, after, rest = map(int, own.byte_range)
    hole = pdf[before:after]
    if start != 0 or after + rest != len(pdf) or not re.fullmatch(rb"<[0-9A-F]+>", hole):
        return False
    content = bytes.fromhex(hole[1:-1].decode())
    envelope = cms.ContentInfo.load(content)
    used = len(envelope.dump())
    return not any(content[used:]) and content[:used] == written_anew(envelope)


def written_anew(envelope):
    """The same seal written again from what counts in it: what else a changed byte could say is not in there."""
    signed = envelope["content"]
    who = signed["signer_infos"][0]
    again = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": {
                "version": "v1",
                "digest_algorithms": [{"algorithm": "sha256"}],
                "encap_content_info": {"content_type": "data"},
                "certificates": signed["certificates"],
                "signer_infos": [
                    {
                        "version": "v1",
                        "sid": who["sid"],
                        "digest_algorithm": {"algorithm": "sha256"},
                        "signed_attrs": who["signed_attrs"],
                        "signature_algorithm": who["signature_algorithm"],
                        "signature": who["signature"],
                    }
                ],
            },
        }
    )
    return again.dump(force=True)
