"""The seal: intact means not one byte, by two independent readers; one key however many start at once."""

import io
import os
import random
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pikepdf
import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command

from documents import seal, sealing
from tests.database import PROJECT
from tests.documents.test_pdf import RECORD, made

MOMENT = datetime(2026, 11, 21, 10, 42, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_setting(monkeypatch):
    monkeypatch.setattr(seal.Setting, "now", lambda: SimpleNamespace(name="Hazel Lane Pre-school"))


@pytest.fixture
def sealed(kept_apart):
    return seal.seal(made(), signed_at=MOMENT)


def place_of_the_seal(content):
    """Where the seal's own bytes begin and end, and where its padding begins."""
    start = content.index(b"/Contents <") + 10
    end = content.index(b">", start)
    return start, start + len(content[start:end].rstrip(b"0")), end


def turned(content, place, bit=1):
    """The content with one bit of one byte turned over."""
    changed = bytearray(content)
    changed[place] ^= bit
    return bytes(changed)


def test_a_sealed_paper_is_intact_and_says_by_whom_and_when(sealed):
    verdict = seal.verify(sealed)
    assert verdict.intact and "Intact" in verdict.words
    assert verdict.signed_at == MOMENT
    assert verdict.signer.startswith("Hazel Lane Pre-school seal ")


def test_poppler_agrees_and_disagrees_after_one_byte(sealed, tmp_path):
    path = tmp_path / "paper.pdf"

    def said(content):
        path.write_bytes(content)
        return subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout

    first = said(sealed)
    assert "Signature is Valid" in first and "Total document signed" in first and "ETSI.CAdES.detached" in first
    assert "Signature is Valid" not in said(turned(sealed, 5000))


def test_qpdf_and_both_standards_still_hold_after_sealing(sealed, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(sealed)
    assert subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0
    with pikepdf.open(path) as file:
        xmp = file.Root.Metadata.read_bytes()
        assert b"pdfuaid:part" in xmp and b'pdfaid:part="3"' in xmp
        (field,) = file.Root.AcroForm.Fields
        assert [float(side) for side in field.Rect] == [0, 0, 0, 0]
        assert int(field.V.Reference[0].TransformParams.P) == 1  # no change at all is allowed


def test_a_byte_changed_anywhere_is_found(sealed):
    dice = random.Random(20261121)  # noqa: S311 - places to try, not secrets
    places = {dice.randrange(len(sealed)) for _n in range(200)} | {0, len(sealed) - 1}
    missed = [place for place in places if seal.verify(turned(sealed, place, 1 << dice.randrange(8))).intact]
    assert not missed


def test_a_change_in_the_padding_of_the_seal_is_found(sealed):
    _start, padding, end = place_of_the_seal(sealed)
    places = [padding + 2, (padding + end) // 2, end - 2, end - 1]
    assert not [place for place in places if seal.verify(turned(sealed, place)).intact]


def test_a_change_inside_the_seal_itself_is_found(sealed):
    start, padding, _end = place_of_the_seal(sealed)
    places = range(start, padding, 31)
    assert not [place for place in places if seal.verify(turned(sealed, place, 0x20)).intact]
    assert not [place for place in places if seal.verify(turned(sealed, place, 0x01)).intact]


def test_the_signature_alone_would_miss_some_of_these(sealed, monkeypatch):
    """The positive control: without our own look at the seal's place, a change in the padding passes."""
    monkeypatch.setattr(sealing, "nothing_hides_around_the_seal", lambda pdf, own: True)
    assert seal.verify(turned(sealed, place_of_the_seal(sealed)[2] - 1)).intact


@pytest.mark.parametrize("tail", [b"\n", b"x", b"\0\0", b"%%EOF\n"])
def test_something_added_at_the_end_is_found(sealed, tail):
    assert not seal.verify(sealed + tail).intact


def test_something_cut_off_is_found(sealed):
    assert not [cut for cut in (1, 2, 10, 1000, len(sealed) - 100) if seal.verify(sealed[:-cut]).intact]


def test_a_later_addition_in_the_format_s_own_way_is_found(sealed):
    from pyhanko.pdf_utils.generic import pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    writer.root["/Note"] = pdf_string("added")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    verdict = seal.verify(out.getvalue())
    assert not verdict.intact and "changed" in verdict.words


def test_what_is_no_paper_of_ours_gets_an_answer_too(kept_apart):
    assert "no seal" in seal.verify(made()).words
    for stranger in (b"", b"hello", b"%PDF-1.7\n", os.urandom(2000)):
        assert not seal.verify(stranger).intact


def test_a_seal_of_somebody_else_is_not_ours(sealed, settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "another"
    verdict = seal.verify(sealed)
    assert not verdict.intact and "did not seal it" in verdict.words


def test_the_same_paper_sealed_twice_is_the_same_paper(sealed):
    with time_machine.travel(MOMENT + timedelta(days=3)):
        assert seal.seal(made(), signed_at=MOMENT) == sealed
    assert seal.seal(made(), signed_at=MOMENT + timedelta(seconds=1)) != sealed


def test_after_forty_years_it_is_still_intact(sealed):
    with time_machine.travel(MOMENT + timedelta(days=40 * 365)):
        assert seal.verify(sealed).intact


def test_only_its_owner_can_read_the_key(sealed, kept_apart):
    path = kept_apart / "keys" / "seal.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []


def test_of_eight_that_start_at_once_all_get_the_same_key(tmp_path):
    code = (
        "import sys, types, django; django.setup();"
        "from documents import seal; from cryptography import x509; from django.conf import settings;"
        "from pathlib import Path; settings.KEYS_DIR = Path(sys.argv[1]);"
        "seal.Setting.now = lambda: types.SimpleNamespace(name='Hazel Lane Pre-school');"
        "print(x509.load_pem_x509_certificate(seal.own_key().read_bytes().split(b'-----END PRIVATE KEY-----')[1].strip())"
        ".serial_number)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "keys")]
    at_once = [subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE) for _n in range(8)]
    said = {process.communicate()[0] for process in at_once}
    assert len(said) == 1 and said != {b""}


def bought(folder):
    """A key and certificate as one would buy them, here an RSA one."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Little Acorns CIO")])
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
        .serial_number(7)
        .not_valid_before(MOMENT - timedelta(days=1))
        .not_valid_after(MOMENT + timedelta(days=365))
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    return str(folder / "key.pem"), str(folder / "certificate.pem")


def test_a_bought_certificate_takes_over_and_earlier_papers_stay_intact(sealed, settings, tmp_path):
    settings.SEAL_KEY, settings.SEAL_CERTIFICATE = bought(tmp_path)
    newer = seal.seal(made(), signed_at=MOMENT)
    assert seal.verify(newer).intact and seal.verify(newer).signer == "Little Acorns CIO"
    assert seal.verify(sealed).intact
    settings.SEAL_KEY = settings.SEAL_CERTIFICATE = ""
    assert seal.verify(newer).intact


def test_the_record_is_read_out_of_a_sealed_paper(sealed):
    assert sealing.attached(sealed, "record.json") == RECORD
    with pytest.raises(LookupError):
        sealing.attached(sealed, "other.json")


def test_the_command_answers_in_words_and_by_its_end(sealed, db, tmp_path, capsys):
    path = tmp_path / "paper.pdf"
    path.write_bytes(sealed)
    call_command("verify_pdf", path)
    said = capsys.readouterr().out
    assert "INTACT" in said and "Hazel Lane Pre-school seal" in said and "21 November 2026, 10:42:07 GMT" in said
    path.write_bytes(turned(sealed, 700))
    with pytest.raises(SystemExit) as end:
        call_command("verify_pdf", path)
    assert end.value.code == 1 and "NOT INTACT" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("verify_pdf", tmp_path / "missing.pdf")


def test_the_certificate_names_the_setting_and_a_long_name_fits(kept_apart, monkeypatch):
    for name in ("Little Acorns Pre-school", "Pre-school of the Parish of Saint Bartholomew by the Old Water Mill"):
        monkeypatch.setattr(seal.Setting, "now", lambda name=name: SimpleNamespace(name=name))
        pem = seal.new_key_and_certificate().split(b"-----END PRIVATE KEY-----")[1].strip()
        subject = x509.load_pem_x509_certificate(pem).subject
        assert subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value == name[:64]
        assert subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value.startswith(f"{name[:50]} seal ")
