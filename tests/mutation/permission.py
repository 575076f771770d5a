"""Faults at the permission boundary: with each of them somebody reads, or does, what is not theirs."""

from django.apps import apps
from django.conf import settings
from django.db.models import Q

from tests.mutation.fault import Fault, around


def everything(self, user, on=None):
    return self.all()


def nobody(*args, **kwargs):
    return Q(pk__in=[])


def anybody(*args, **kwargs):
    return Q()


def yes(*args, **kwargs):
    return True


def no(*args, **kwargs):
    return False


def objects_of(model):
    return apps.get_model(model).objects


def or_else(extra):
    """A visible_to that also gives the rows of own children with this condition."""

    def visible_to(original, self, user, on=None):
        own = list(objects_of("families.Child").as_family_of(user, on=on).values_list("pk", flat=True))
        right = list(original(self, user, on).order_by().values_list("pk", flat=True))
        return self.filter(pk__in=self.model.objects.filter(Q(pk__in=right) | extra(own)).values("pk"))

    return around(visible_to)


def or_as_family(extra):
    """A for_family that also gives the rows of own children with this condition."""

    def for_family(original, self, access):
        return original(self, access) | extra(access.family())

    return around(for_family)


def every_second_factor(self):
    rows = objects_of("accounts.Authenticator").values_list("pk", flat=True)
    return {f"accounts.authenticator/{pk}" for pk in rows}


def any_tablet(request):
    token = request.COOKIES.get(settings.TABLET_COOKIE_NAME, "")
    from people.accounts.tablets import hash_of

    return objects_of("accounts.Tablet").filter(token_hash=hash_of(token)).first()


def any_yes(purpose, on=None):
    said = objects_of("documents.Consent").filter(purpose=purpose, allows=True)
    return objects_of("families.Child").filter(pk__in=said.values("child")).order_by().values("pk")


PERMISSION = [
    # Who is what to which child
    Fault(
        "a restriction no longer closes the portal",
        target="people.families.access.Access.closed_children",
        replacement=set(),
        found_by=("tests/people/test_families.py::test_what_a_restriction_closes",),
    ),
    Fault(
        "the days of a relationship are not looked at",
        target="people.families.access.in_force",
        replacement=lambda starts_on, ends_on, on: True,
        found_by=("tests/people/test_families.py::test_a_relationship_counts_from_its_first_to_its_last_day",),
    ),
    Fault(
        "the level of a relationship is not looked at",
        target="people.families.access.Access.family",
        replacement=lambda self, at_least=0: set(self.levels),
        found_by=("tests/people/test_families.py::test_two_children_with_different_levels",),
    ),
    Fault(
        "staff who are family see the child as staff",
        target="people.families.access.Access.related_children",
        replacement=set(),
        found_by=(
            "tests/people/test_families.py::"
            "test_staff_roles_count_for_nothing_for_ones_own_child_even_after_the_relationship_ended",
        ),
    ),
    Fault(
        "everybody counts as staff",
        target="people.families.models.family.ChildQuerySet.as_staff_of",
        replacement=everything,
        found_by=("tests/people/test_families.py::test_who_sees_which_child",),
    ),
    # Adults who are hidden from each other
    Fault(
        "hidden adults are shown to staff who are family",
        target="people.families.access.Access.hidden_adults",
        replacement=frozenset(),
        found_by=("tests/people/test_hidden_everywhere.py::test_what_they_signed_and_allowed_is_kept_by_a_colleague",),
    ),
    Fault(
        "adults who live apart are shown to each other",
        target="people.accounts.models.person.Person.shown_to",
        replacement=lambda self, on=None: objects_of("accounts.Person").all(),
        found_by=(
            "tests/journal/test_journal.py::"
            "test_comments_are_read_by_ones_own_household_and_staff_and_never_by_the_other_family",
        ),
    ),
    Fault(
        "the page of permissions tells what the other adult said",
        target="documents.models.ConsentQuerySet.visible_to",
        replacement=or_else(lambda own: Q(child__in=own)),
        found_by=("tests/documents/test_consent.py::test_each_sees_only_their_own_word",),
    ),
    # The journal
    Fault(
        "a draft of the journal is shown to families",
        target="portal.journal.models.observation.ObservationQuerySet.visible_to",
        replacement=or_else(lambda own: Q(children__in=own)),
        found_by=("tests/journal/test_journal.py::test_a_page_is_a_draft_until_it_is_shared",),
    ),
    Fault(
        "a barred parent meets the child on a sibling's page",
        target="people.families.told.reaches_nobody_closed",
        replacement=anybody,
        found_by=("tests/journal/test_journal.py::test_a_barred_parent_does_not_meet_the_child_on_a_siblings_page",),
    ),
    Fault(
        "an order does not close what only names the child",
        target="people.families.told.names_nobody_closed",
        replacement=anybody,
        found_by=(
            "tests/journal/test_naming.py::"
            "test_a_barred_father_reads_nothing_on_a_siblings_page_that_names_the_barred_child",
        ),
    ),
    Fault(
        "a withdrawn consent leaves the child in other journals",
        target="documents.appearances.strangers",
        replacement=lambda among, own, on: among.none(),
        found_by=(
            "tests/journal/test_journal.py::"
            "test_a_consent_taken_back_empties_the_other_familys_journal_at_once_and_the_own_copy_stays",
        ),
    ),
    Fault(
        "a withdrawn consent leaves the photographs where they were",
        target="portal.journal.models.observation.without_photographs",
        replacement=lambda among, on: among.none(),
        found_by=(
            "tests/journal/test_consent_taken_back.py::test_nobody_sees_it_any_more_and_it_is_kept_and_comes_back",
        ),
    ),
    Fault(
        "a photograph is shown whoever is in it",
        target="portal.journal.models.observation.names_and_shows_nobody_else",
        replacement=anybody,
        found_by=(
            "tests/journal/test_photographs.py::"
            "test_a_photograph_is_kept_back_for_whom_it_shows_and_not_for_who_stands_on_the_page",
        ),
    ),
    Fault(
        "a journal tells days that are closed to its reader",
        target="portal.journal.days.tells_months_only",
        replacement=no,
        found_by=("tests/journal/test_journal.py::test_days_and_times_are_closed_where_a_restriction_says_so",),
    ),
    Fault(
        "an answer to one household is read by the other",
        target="portal.journal.models.said.CommentQuerySet.for_family",
        replacement=or_as_family(lambda own: Q(child__in=own, answers__isnull=False)),
        found_by=("tests/journal/test_answers.py::test_an_answer_is_read_by_whoever_may_read_what_it_answers",),
    ),
    Fault(
        "somebody opens another person's book",
        target="portal.book.models.BookQuerySet.visible_to",
        replacement=everything,
        found_by=("tests/book/test_book.py::test_a_father_who_lives_apart_has_his_own_book",),
    ),
    Fault(
        "a book and its archive stay open when a consent is withdrawn",
        target="portal.book.rules.may_still_be_opened",
        replacement=lambda book: True,
        found_by=(
            "tests/journal/test_consent_taken_back.py::test_a_book_and_its_archive_close_and_a_new_one_is_made_without",
        ),
    ),
    # Papers, consents, checks
    Fault(
        "each parent sees the other's papers",
        target="documents.models.SignatureQuerySet.visible_to",
        replacement=or_else(lambda own: Q(ask__child__in=own)),
        found_by=("tests/documents/test_signing.py::test_each_parent_sees_only_the_own_paper",),
    ),
    Fault(
        "one yes is enough even where somebody says no",
        target="documents.consent.children_allowing",
        replacement=any_yes,
        found_by=("tests/documents/test_consent.py::test_one_no_outweighs_every_yes_in_either_order",),
    ),
    Fault(
        "a check leaves without consent",
        target="documents.consent.allowed",
        replacement=yes,
        found_by=("tests/progress/test_around.py::test_nothing_leaves_without_consent_and_a_withdrawn_one_stops_it",),
    ),
    Fault(
        "hidden parents read each other's part of a check",
        target="portal.progress.models.together.PartQuerySet.for_family",
        replacement=or_as_family(lambda own: Q(check_of__child__in=own, sent_at__isnull=False)),
        found_by=("tests/progress/test_hidden.py::test_hidden_parents_meet_nothing_of_each_other_on_any_page",),
    ),
    Fault(
        "a sealed copy opens though somebody in it is hidden since",
        target="portal.progress.models.passed.CopyQuerySet.for_family",
        replacement=lambda self, access: Q(adult=access.person),
        found_by=("tests/progress/test_hidden.py::test_a_copy_with_words_of_somebody_no_longer_shown_opens_no_more",),
    ),
    # Complaints
    Fault(
        "whoever is named in a complaint handles it in a later role",
        target="portal.complaints.models._concerns",
        replacement=nobody,
        found_by=(
            "tests/complaints/test_people_concerned.py::"
            "test_a_complaint_about_each_office_reaches_nobody_it_is_about_in_any_later_role",
        ),
    ),
    Fault(
        "a complaint about somebody in charge goes to those in charge",
        target="portal.complaints.rules.about_leaders_of",
        replacement=lambda about_leaders, concerned: "no",
        found_by=(
            "tests/complaints/test_complaints.py::test_a_complaint_about_somebody_in_charge_is_never_seen_by_the_manager",
        ),
    ),
    Fault(
        "the complainant reads the notes of those who handle it",
        target="portal.complaints.models.StepQuerySet.visible_to",
        replacement=everything,
        found_by=(
            "tests/complaints/test_complaints.py::test_the_manager_answers_and_the_parent_reads_it_but_not_the_notes",
        ),
    ),
    # Whose words they are
    Fault(
        "what was typed and not sent is offered to another person",
        target="people.accounts.models.draft.DraftQuerySet.visible_to",
        replacement=everything,
        found_by=("tests/people/test_drafts.py::test_nobody_else_finds_it_and_nobody_writes_over_it",),
    ),
    Fault(
        "a held form comes back to whoever signs in next",
        target="people.accounts.models.held.HeldFormQuerySet.visible_to",
        replacement=everything,
        found_by=("tests/people/test_held_forms.py::test_nobody_else_gets_it_back_also_not_on_the_same_phone",),
    ),
    # Pages for some
    Fault(
        "everybody reads every notice",
        target="home.audiences.may_read",
        replacement=anybody,
        found_by=("tests/home/test_from_outside.py::test_twelve_ways_and_some_more_lead_nowhere",),
    ),
    Fault(
        "everybody reads every procedure, and finds it by its words",
        target="procedures.models.page.ProcedureQuerySet.visible_to",
        replacement=everything,
        found_by=(
            "tests/procedures/test_pages.py::test_a_procedure_is_read_by_its_audience_and_nobody_else",
            "tests/procedures/test_search.py::test_nobody_finds_counts_or_is_offered_what_is_not_theirs",
        ),
    ),
    Fault(
        "the folder of visitors holds what is for staff",
        target="procedures.folder.pages_in_folder",
        replacement=lambda audience: objects_of("procedures.ProcedurePage").live().in_order(),
        found_by=("tests/procedures/test_folder.py::test_each_reader_gets_the_folder_of_their_audience",),
    ),
    Fault(
        "an old version is read by everybody",
        target="versions.models.PageVersionQuerySet.visible_to",
        replacement=everything,
        found_by=(
            "tests/versions/test_versions.py::"
            "test_a_version_is_read_by_whom_it_was_for_and_by_whom_the_page_is_for_today",
        ),
    ),
    # Who somebody is
    Fault(
        "the second factor is not asked for",
        target="people.accounts.middleware.second_factor",
        replacement=lambda get_response: get_response,
        found_by=(
            "tests/people/test_coming_in.py::test_staff_meet_nothing_but_the_code_page_until_they_gave_their_code",
        ),
    ),
    Fault(
        "the second factor of anybody opens for everybody",
        target="people.families.access.Access.second_factors",
        replacement=every_second_factor,
        found_by=("tests/people/test_second_factor.py::test_another_persons_authenticator_opens_nothing",),
    ),
    Fault(
        "fresh proof is not asked for",
        target="people.accounts.sessions.is_proved",
        replacement=yes,
        found_by=("tests/documents/test_signing.py::test_the_paper_asks_for_fresh_proof",),
    ),
    Fault(
        "sessions never end",
        target="people.accounts.sessions.is_over",
        replacement=no,
        found_by=("tests/people/test_coming_in.py::test_whoever_is_away_too_long_is_signed_out",),
    ),
    Fault(
        "the room's tablet opens every page",
        target="people.accounts.tablets.opens",
        replacement=yes,
        found_by=("tests/people/test_tablet.py::test_a_childs_card_with_its_family_stays_shut_on_the_tablet",),
    ),
    Fault(
        "a tablet that was taken back still opens",
        target="people.accounts.tablets.tablet_of",
        replacement=any_tablet,
        found_by=("tests/people/test_tablet.py::test_a_tablet_taken_back_opens_nothing_from_the_very_next_tap",),
    ),
    Fault(
        "Wagtail opens to whoever has no role in it today",
        target="people.accounts.middleware.fence_around_the_cms",
        replacement=lambda get_response: get_response,
        found_by=("tests/home/test_editors.py::test_wagtail_is_not_there_for_anyone_else",),
    ),
    Fault(
        "an invitation works twice, and for ever",
        target="people.accounts.models.person.InvitationQuerySet.open",
        replacement=lambda self, now=None: self.all(),
        found_by=("tests/people/test_coming_in.py::test_an_invitation_works_once_and_for_seven_days",),
    ),
]
