"""What must be true before the program touches a record. An error here stops serve, migrate and every other command."""

from ipaddress import ip_address
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from config import keys

OURS = "bigbook"
SHORTEST_SECRET = 50
FEWEST_CHARACTERS = 12
# What each connection must answer: it is what keeps an acknowledged row through a power cut (docs/decisions/0002).
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}


@register(OURS)
def secret_is_strong(app_configs=None, **kwargs):
    """Outside the demo, someone must have given or made a long random secret."""
    secret = settings.SECRET_KEY
    if settings.DEMO:
        return []
    if secret == "missing":  # noqa: S105  what config/settings.py says where nobody gave or made one
        return [
            Error(
                "There is no SECRET_KEY.",
                hint="`make begin` makes one in DATA_DIR/keys/secret.key; or set the variable SECRET_KEY.",
                id="bigbook.E001",
            )
        ]
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_CHARACTERS or "django-insecure" in secret:
        return [
            Error(
                "The SECRET_KEY is easy to guess.",
                hint=f"Use at least {SHORTEST_SECRET} random characters.",
                id="bigbook.E002",
            )
        ]
    return []


@register(OURS)
def secrets_are_whole(app_configs=None, **kwargs):
    """A secret that a power cut has emptied, or that somebody else can read, is none."""
    problems = []
    for kind in keys.ALL:
        path = settings.KEYS_DIR / kind.file_name
        if not path.exists():
            continue
        try:
            keys.read(path, kind)
        except keys.UnfitSecret as unfit:
            problems.append(Error(str(unfit), id="bigbook.E007"))
        if path.stat().st_mode & 0o077:
            problems.append(
                Error(f"Others can read {path}, which opens {kind.opens}.", hint=f"chmod 600 {path}", id="bigbook.E008")
            )
    return problems


@register(OURS, Tags.database)
def encrypted_fields_have_their_key(app_configs=None, databases=None, **kwargs):
    """Without its key an encrypted field is lost; a new key made quietly would be found out years later."""
    if not databases or (settings.KEYS_DIR / keys.FIELDS.file_name).exists():
        return []
    found = [field for field in encrypted_fields() if has_values(connections["default"], field)]
    if not found:
        return []
    return [
        Error(
            f"The database holds encrypted fields, and {settings.KEYS_DIR / keys.FIELDS.file_name} is missing.",
            hint="Write there what the recovery sheet says, or bring the file back from a backup.",
            id="bigbook.E009",
        )
    ]


def encrypted_fields():
    from records.encrypted import EncryptedText  # its models are not there yet when this file is read

    return [each for model in apps.get_models() for each in model._meta.local_fields if isinstance(each, EncryptedText)]


def has_values(connection, field):
    """Whether anything is in this column; a database that is still to be made has none."""
    table = field.model._meta.db_table
    if table not in connection.introspection.table_names():
        return False
    return field.model._base_manager.exclude(**{field.name: ""}).exists()


@register(OURS)
def debug_stays_at_home(app_configs=None, **kwargs):
    """DEBUG shows the program's inside to whoever causes an error; only this machine may see that."""
    public = [host for host in settings.ALLOWED_HOSTS if not is_this_machine(host)]
    if not settings.DEBUG or not public:
        return []
    return [
        Error(
            f"DEBUG is on while others can reach the portal as {', '.join(public)}.",
            hint="Unset DEBUG, or take these names out of BIGBOOK_HOSTS and SITE_URL.",
            id="bigbook.E003",
        )
    ]


@register(OURS)
def toolbar_stays_in_the_demo(app_configs=None, **kwargs):
    """The debug toolbar shows every query with its values to whoever opens a page."""
    if "debug_toolbar" not in settings.INSTALLED_APPS or (settings.DEMO and settings.DEBUG):
        return []
    return [
        Error(
            "The debug toolbar is on, and this is not the demo of a developer.",
            hint="Unset BIGBOOK_TOOLBAR. `make dev` sets it, with the demo's own folder.",
            id="bigbook.E010",
        )
    ]


def is_this_machine(host):
    if host == "testserver" or host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@register(OURS)
def folder_is_of_this_kind(app_configs=None, **kwargs):
    """The demo's folder never becomes a real setting's, nor the other way round: its file `kind` says what it is."""
    path = settings.DATA_DIR / "kind"
    kind = path.read_text(encoding="utf-8").strip() if path.exists() else None
    wanted = "demo" if settings.DEMO else "real"
    if kind in {None, wanted}:
        return []
    return [
        Error(
            f"The folder {settings.DATA_DIR} belongs to a {kind} setting, and this is a {wanted} one.",
            hint="Set DATA_DIR to another folder, or BIGBOOK_DEMO to what the folder is.",
            id="bigbook.E004",
        )
    ]


@register(OURS, Tags.database)
def database_is_of_this_kind(app_configs=None, databases=None, **kwargs):
    """A database address in the environment must not put the demo, with its open mail page, on a real setting's records."""
    wanted = "demo" if settings.DEMO else "real"
    return [
        Error(
            f"The database {alias} belongs to a {kind} setting, and this is a {wanted} one.",
            hint="Unset DATABASE_URL, or BIGBOOK_DEMO: what the database says and what the folder says must agree.",
            id="bigbook.E006",
        )
        for alias in databases or []
        if (kind := kind_of_database(connections[alias])) not in {None, wanted}
    ]


def kind_of_database(connection):
    """What a database says that it is: "demo", "real", or None while nobody is in it.

    One without a mark that holds people counts as real, but for a file in the folder: that is what its folder is.
    """
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        if "records_installation" in tables:
            cursor.execute("SELECT kind FROM records_installation")
            if row := cursor.fetchone():
                return row[0]
        if "accounts_person" not in tables or is_in_the_folder(connection):
            return None
        cursor.execute("SELECT 1 FROM accounts_person LIMIT 1")
        return "real" if cursor.fetchone() else None


def is_in_the_folder(connection):
    """Whether the database is a file of the data folder, whose own mark counts for it, too."""
    return (
        connection.vendor == "sqlite" and settings.DATA_DIR in Path(connection.settings_dict["NAME"]).resolve().parents
    )


@register(OURS, Tags.database)
def sqlite_is_durable(app_configs=None, databases=None, **kwargs):
    """Ask the open connection itself, so that no setting can say one thing and SQLite do another."""
    problems = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            problems += [sqlite_error(alias, said) for said in unsafe_answers(connection)]
    return problems


def unsafe_answers(connection):
    """What is unsafe about a SQLite connection, in words; an empty list is good."""
    said = []
    with connection.cursor() as cursor:
        for pragma, wanted in PRAGMAS.items():
            found = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            if found != wanted:
                said.append(f"{pragma} is {found} and must be {wanted}")
    if connection.transaction_mode != "IMMEDIATE":
        said.append("transactions must begin IMMEDIATE")
    return said


def sqlite_error(alias, said):
    return Error(
        f"The database {alias} could lose what it acknowledged: {said}.",
        hint="Leave the SQLite options of config/settings.py as they are, and DATA_DIR on a disk of this machine.",
        id="bigbook.E005",
    )


def refuse_unsafe_start():
    """For web servers started without our commands: ImproperlyConfigured where a check fails."""
    problems = run_checks(tags=[OURS], databases=["default"])
    if problems:
        raise ImproperlyConfigured(" ".join(str(problem) for problem in problems))
