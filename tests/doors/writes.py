"""Opening a page changes nothing but the session, read marks, looks, and the audit line that says it was opened."""

import re

MAY_CHANGE = {
    "django_session",
    "records_accesslogentry",
    "records_auditline",
    "journal_readmark",
    "home_noticeread",
    "progress_seen",
    "accounts_opensession",  # when a session was last seen
}
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)


class Writes:
    """Stands between Django and the database while a page is opened, and notes every table that is written to."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        if found := WRITES.match(sql):
            self.tables.add(found[1])
        return execute(sql, params, many, context)

    def too_many(self):
        """What a page that was only opened has changed and may not, in words."""
        return [f"only opened, and yet {table} is written to" for table in sorted(self.tables - MAY_CHANGE)]
