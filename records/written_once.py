"""A subquery whose SQL is written once and then stands ready: to write a long condition costs more than to answer it.

Django writes the SQL of a nested condition anew wherever it stands, and copies it level by level. What stands in five
places of one page (the pages somebody may read, the children whose families allow something) is written here once.
"""

from django.core.exceptions import EmptyResultSet
from django.db.models.expressions import RawSQL


def written_once(rows):
    """The one column of these rows, for `…__in=`. They must not refer to the query around them."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:  # nothing can ever be found
        return []
    return RawSQL(sql, values)  # noqa: S611 - Django's own SQL, its values beside it
