"""The organisation's seal: who sealed a paper, when, and whether a single byte has changed since.

It is the setting's seal over what a person signed in the portal (PAdES B-B), not that person's own qualified
signature. The key is made on first start; SEAL_KEY and SEAL_CERTIFICATE name a bought one. Only the scheduler and the
commands import this module.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from config import keys
from people.setting.models import Setting

FIELD = "Seal"
YEARS = 30


@dataclass(frozen=True)
class Verdict:
    """What a paper's seal says: `intact`, a sentence for people, the moment it was sealed and the sealer's name."""

    intact: bool
    words: str
    signed_at: datetime | None = None
    signer: str = ""


def seal(pdf, *, signed_at):
    """The same PDF with our invisible seal, after which no change at all is allowed; `signed_at` is aware."""
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    from documents.sealing import SealAt, SteadyWriter

    meaning = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=_("Sealed by the setting so that any later change shows"),
    )
    sealer = SealAt(
        meaning, signer=signer(), new_field_spec=SigFieldSpec(FIELD), signed_at=signed_at.replace(microsecond=0)
    )
    return sealer.sign_pdf(SteadyWriter(pdf)).getvalue()


def signer():
    """The key and certificate in use; the certificate is remembered, so that its papers outlive a change of key."""
    bought = settings.SEAL_KEY and settings.SEAL_CERTIFICATE
    key, certificate = (Path(settings.SEAL_KEY), Path(settings.SEAL_CERTIFICATE)) if bought else (own_key(),) * 2
    found, name, pem = loaded(key, certificate)
    keys.write_once(Path(settings.KEYS_DIR) / "sealed-with" / name, pem, mode=0o644)
    return found


def own_key():
    """The path of our own key with its certificate in one file; made when it is missing, once, whoever comes first."""
    keys.kept(settings.KEYS_DIR, keys.SEAL, new_key_and_certificate)
    return Path(settings.KEYS_DIR) / keys.SEAL.file_name


@cache
def loaded(key_path, certificate_path):
    """A signer from two PEM files, a name for its certificate, and that certificate alone as PEM."""
    from documents.sealing import signer_from

    key = serialization.load_pem_private_key(key_path.read_bytes(), password=None)
    certificates = x509.load_pem_x509_certificates(certificate_path.read_bytes())
    name = certificates[0].fingerprint(hashes.SHA256()).hex()[:32] + ".pem"
    return signer_from(key, certificates), name, certificates[0].public_bytes(serialization.Encoding.PEM)


def new_key_and_certificate():
    """PEM bytes: a new P-256 key and a certificate for it in the setting's name, signed by itself."""
    setting = Setting.now().name[:64]  # as much as a certificate may hold
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, setting),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{setting[:50]} seal {secrets.token_hex(4)}"),
        ]
    )
    today = timezone.now().replace(microsecond=0)
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(pem, pkcs8, serialization.NoEncryption()) + certificate.public_bytes(pem)


def sealers():
    """The certificates we have sealed with, as bytes (PEM); the one in use included."""
    signer()
    return [path.read_bytes() for path in sorted((Path(settings.KEYS_DIR) / "sealed-with").glob("*.pem"))]


def verify(pdf):
    """Whether these bytes are exactly what we sealed, by whom and when, as a Verdict; never an exception."""
    from documents.sealing import read_seal

    try:
        found = read_seal(pdf, sealers())
    except Exception:  # a damaged file can break a reader in any way, and that is an answer
        return Verdict(False, _("This file has been changed or damaged: its seal cannot be read."))
    if found is None:
        return Verdict(False, _("This file carries no seal."))
    if not found.unchanged:
        return Verdict(False, _("This file has been changed after it was sealed."), found.signed_at, found.signer)
    if not found.ours:
        words = _("This file is as it was when it was sealed, but this setting did not seal it.")
        return Verdict(False, words, found.signed_at, found.signer)
    return Verdict(True, _("Intact: not one byte has changed since it was sealed."), found.signed_at, found.signer)
