import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from people.setting.models import Setting
from procedures.actions import keep_as_draft
from procedures.apart import Apart
from procedures.folders import Source, is_document, is_junk, sources_of
from procedures.importing import CannotRead, as_plain, read_file
from procedures.models import ProcedurePage
from procedures.reading import LARGEST_FILE, SENTENCES
from records.refused import ActionRefused

LARGEST_ZIP = 500_000_000  # bytes


class Command(BaseCommand):
    help = (
        "Reads procedures from Word documents, PDFs and text files, single, in folders or in ZIPs, and keeps them as drafts. "
        "Nothing is published; importing again changes the draft."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="PATH",
            help="a .docx, .pdf, .txt, .md or .zip file, or a folder of them",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what was understood")
        parser.add_argument(
            "--json", action="store_true", help="answer as a JSON list with one entry for each document"
        )

    def handle(self, *args, paths, dry_run, json: bool, **options):
        documents, problems = [], []
        setting_name = name_of_setting()
        with Apart() as apart:
            for source in sources(paths):
                try:
                    if source.why:
                        raise CannotRead(source.why)
                    document = read_file(source.content, source.name, setting_name, apart)
                    if not dry_run:
                        keep_as_draft(document)
                    documents.append((source.name, document))
                except (CannotRead, ActionRefused) as sentence:
                    problems.append(f"{source.name}: {sentence}")
        self.answer(documents, dry_run, json)
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(
                f"{len(problems)} of {len(problems) + len(documents)} files could not be imported.", returncode=1
            )

    def answer(self, documents, dry_run, as_json):
        if as_json:
            plain = [as_plain(document, address_of, name) for name, document in documents]
            self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2))
            return
        for _name, document in documents:
            self.stdout.write(
                f"{document.code} {document.title}: {len(document.headings)} sub-headings, "
                f"{len(document.commitments)} commitments, {len(document.references)} references, "
                f"{len(document.not_understood)} passages not understood" + ("" if dry_run else " - kept as a draft")
            )
            for reference in document.references:
                self.stdout.write(
                    f"  {reference.code} {reference.title}: {address_of(reference) or 'no such page yet'}"
                )


def sources(paths):
    """What the files named and those in the folders named hold, in order; ZIPs unpacked."""
    for path in files_of(paths):
        try:
            size = path.stat().st_size
            if size > (LARGEST_ZIP if path.suffix.casefold() == ".zip" else LARGEST_FILE):
                yield Source(str(path), why=SENTENCES["large"])
                continue
            content = path.read_bytes()
        except OSError as error:
            yield Source(str(path), why=error.strerror or str(error))
            continue
        yield from sources_of(str(path), content)


def files_of(paths):
    """The files named, and the documents in the folders named, in order."""
    for path in paths:
        if path.is_dir():
            files = (each for each in path.rglob("*") if is_document(each) and each.is_file())
            yield from sorted(each for each in files if not is_junk(each.relative_to(path)))
        else:
            yield path


def name_of_setting():
    """The setting's name; none where there is no database yet, for a look at files alone."""
    try:
        return Setting.now().name
    except DatabaseError:
        return ""


def address_of(reference):
    """The address of the published page that a reference means, or None."""
    try:
        page = ProcedurePage.objects.live().meant_by(reference.code, reference.title)
    except DatabaseError:
        return None
    return page.get_url() if page else None
