"""Pages of journals for the tests of every address."""

import uuid

from portal.demo.drawings import drawn
from portal.journal import actions as journal
from records.pictures import clean


def _page(author, children, number):
    page = journal.write(
        by=author,
        children=children,
        words="A page.",
        areas=[],
        pictures=[clean(drawn("tower", number, (80, 60)))],
        idempotency_key=uuid.uuid4(),
    )
    journal.share(page, by=author)
    return page


def things(cast):
    """Pages about Maja, about Tobi, about her and Alfie, one from home and a draft."""
    of_maja, of_tobi = _page(cast.key_person, [cast.maja], 1), _page(cast.key_person, [cast.tobi], 2)
    # Alfie's own mother works here: his key person shares a page about him and Maja.
    of_both = _page(cast.key_person, [cast.maja, cast.alfie], 3)
    from_home = journal.add_from_home(
        cast.maja,
        by=cast.father,
        words="Beans.",
        pictures=[clean(drawn("garden", 4, (80, 60)))],
        idempotency_key=uuid.uuid4(),
    )
    draft = journal.write(
        by=cast.key_person, children=[cast.maja], words="A draft.", areas=[], pictures=[], idempotency_key=uuid.uuid4()
    )

    def large(page):
        return {"photograph_id": page.photographs.get().pk, "size": "large"}

    return {
        "journal:pages": {name: {"child_id": getattr(cast, name).pk} for name in ("maja", "tobi", "alfie")},
        "journal:add_from_home": {name: {"child_id": getattr(cast, name).pk} for name in ("maja", "tobi")},
        "journal:page": {
            "maja": {"child_id": cast.maja.pk, "observation_id": of_maja.pk},
            "tobi": {"child_id": cast.tobi.pk, "observation_id": of_tobi.pk},
            "maja_and_alfie_in_majas": {"child_id": cast.maja.pk, "observation_id": of_both.pk},
            "from_home": {"child_id": cast.maja.pk, "observation_id": from_home.pk},
        },
        "journal:photograph": {
            "of_maja": large(of_maja),
            "of_tobi": large(of_tobi),
            "of_maja_and_alfie": large(of_both),
            "from_home": large(from_home),
        },
        "journal:change": {"draft_of_key_person": {"observation_id": draft.pk}},
        "journal:check": {"draft_of_key_person": {"observation_id": draft.pk}},
        "journal:withdraw": {"page_of_maja": {"observation_id": of_maja.pk}},
        "journal:correct": {"page_of_maja": {"observation_id": of_maja.pk}},
        "journal:coverage": {"maja": {"child_id": cast.maja.pk}},
        "journal:thank": {"maja": {"child_id": cast.maja.pk, "observation_id": of_maja.pk}},
        "journal:look": {"of_maja": _in_majas(cast, of_maja), "of_alfie_in_majas": _in_majas(cast, of_both)},
    }


def _in_majas(cast, page):
    return {"child_id": cast.maja.pk, "observation_id": page.pk, "photograph_id": page.photographs.get().pk}
