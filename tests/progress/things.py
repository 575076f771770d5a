"""Checks for the tests of every address."""

import uuid

from documents import actions as papers
from portal.progress.actions_copies import pass_on
from portal.progress.models import Kind
from portal.progress.tasks import make_copies
from tests.progress import stories


def things(cast):
    """Summaries of three terms: one whose parts are open, one with the parents, a final one that was given to a school."""
    sara, summary = cast.key_person, {"kind": Kind.TERM}
    begun = stories.asked(cast.maja, sara, **summary, title="Summer")
    shared = stories.shared(cast.maja, sara, **summary, title="Spring")
    final = stories.final(cast.maja, sara, **summary, title="Autumn", adults=[cast.mother])
    of_alfie = stories.final(cast.alfie, sara, **summary, title="Autumn", adults=[cast.strict_father])
    while make_copies():
        pass
    for adult in (cast.mother, cast.father):
        papers.decide_consent(cast.maja, "check_school", True, by=adult)
    given = pass_on(final, "check_school", by=sara, to_whom="Hill School", how="by hand", idempotency_key=uuid.uuid4())
    invited = {invitation.adult: invitation.pk for invitation in begun.invitations.all()}
    made = {f"progress:{name}": {"begun": {"check_id": begun.pk}} for name in ("time", "write", "save")}
    finals = {"final": {"check_id": final.pk}, "final_of_alfie": {"check_id": of_alfie.pk}}
    terms = {"child_id": cast.maja.pk, "kind": "term"}, {"child_id": cast.alfie.pk, "kind": "term"}
    return made | {
        "progress:child": {name: {"child_id": getattr(cast, name).pk} for name in ("maja", "tobi", "alfie")},
        "progress:begin": {"term_of_maja": terms[0], "term_of_alfie": terms[1]},
        "progress:one": {"begun": {"check_id": begun.pk}, **finals},
        "progress:part": {
            "of_mother": {"invitation_id": invited[cast.mother]},
            "of_father": {"invitation_id": invited[cast.father]},
        },
        "progress:step": {"ready": {"check_id": begun.pk, "step": "ready"}},
        "progress:talked": {"shared": {"check_id": shared.pk}},
        "progress:copy": finals,
        "progress:health_visitor": {"final": {"check_id": final.pk}},
        "progress:pass_on": {"final": {"check_id": final.pk}},
        "progress:given": {"of_maja": {"share_id": given.pk}},
    }
