import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from people.models import Setting
from procedures.actions import keep_as_draft
from procedures.importing import CannotRead, as_plain, read_file
from procedures.models import ProcedurePage
from records.refused import Refused

ENDINGS = {".txt", ".md"}


class Command(BaseCommand):
    help = "Reads procedures from text files and keeps them as drafts. Nothing is published; importing again changes the draft."

    def add_arguments(self, parser):
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="a .txt or .md file, or a folder of them"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what was understood")
        parser.add_argument(
            "--json", action="store_true", help="answer as a JSON list with one entry for each document"
        )

    def handle(self, *args, paths, dry_run, json: bool, **options):
        documents, problems = [], []
        for path in files_of(paths):
            try:
                document = read_file(path.read_bytes(), path.name, Setting.now().name)
                if not dry_run:
                    keep_as_draft(document)
                documents.append(document)
            except (CannotRead, Refused) as sentence:
                problems.append(f"{path}: {sentence}")
            except OSError as error:
                problems.append(f"{path}: {error.strerror}")
        self.answer(documents, dry_run, json)
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(
                f"{len(problems)} of {len(problems) + len(documents)} files could not be imported.", returncode=1
            )

    def answer(self, documents, dry_run, as_json):
        if as_json:
            plain = [as_plain(document, address_of) for document in documents]
            self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2))
            return
        for document in documents:
            self.stdout.write(
                f"{document.code} {document.title}: {len(document.headings)} sub-headings, "
                f"{len(document.commitments)} commitments, {len(document.references)} references, "
                f"{len(document.not_understood)} passages not understood" + ("" if dry_run else " - kept as a draft")
            )
            for reference in document.references:
                self.stdout.write(
                    f"  {reference.code} {reference.title}: {address_of(reference) or 'no such page yet'}"
                )


def files_of(paths):
    """The files named, and those in the folders named, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix.lower() in ENDINGS and each.is_file())
        else:
            yield path


def address_of(reference):
    """The address of the published page that a reference means, or None."""
    page = ProcedurePage.objects.live().meant_by(reference.code, reference.title)
    return page.get_url() if page else None
