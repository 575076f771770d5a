"""What happens in journals, in the stories of tests/isolation.py, and who then sees what of it."""

import uuid

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from portal.journal import actions as journal
from portal.journal.models import Comment, Observation, Photograph
from tests.isolation import NUMBERS
from tests.journal.written_rules import Page, Said, may_read_comment, may_read_page, may_see_photograph, reads_as_staff
from tests.written_rules import LEADS, LOOKS_AFTER, TAKING_PART


class Stories:
    """Pages, photographs and comments, each with what the written rules know of it."""

    def __init__(self):
        super().__init__()
        self.pages, self.photographs, self.comments = {}, {}, {}

    def in_order(self):
        return [*super().in_order(), *self.pages, *self.photographs]

    def seen_by(self, reader):
        yield from super().seen_by(reader)
        facts = self.facts
        if self.turn % 2:
            pages = {pk for pk, page in self.pages.items() if may_read_page(facts, page, reader)}
            yield Observation, pages, len(self.pages)
        else:
            seen = {pk for pk, page in self.photographs.items() if may_see_photograph(facts, page, reader)}
            yield Photograph, seen, len(self.photographs)
            said = {pk for pk, said in self.comments.items() if may_read_comment(facts, said, reader)}
            yield Comment, said, len(self.comments)

    def addresses(self, child, reader, number):
        yield from super().addresses(child, reader, number)
        facts = self.facts
        if self.pages:
            pk = self.one_of(self.pages, number)
            page = self.pages[pk]
            of = self.one_of(page.children, number)
            journal_open = facts.level(of, reader) >= TAKING_PART or facts.looks_after(of, reader)
            may = journal_open and may_read_page(facts, page, reader)
            yield f"/journal/{self.children[of].pk}/{pk}/", may
        if self.photographs:
            pk = self.one_of(self.photographs, number)
            yield f"/journal/photographs/{pk}/small/", may_see_photograph(facts, self.photographs[pk], reader)

    @rule(who=NUMBERS, whose=st.lists(NUMBERS, min_size=1, max_size=2), pictured=st.booleans(), naming=st.booleans())
    def staff_write(self, who, whose, pictured, naming):
        author = self.adult(who)
        if not self.facts.roles.get(author.pk) and who % 4:
            author = self.cast.key_person
        about = {self.child(number) for number in whose}
        may = all(self.facts.looks_after(child, author.pk) for child in about)
        named = self.child(who) if naming else None
        row = self.done(
            may,
            journal.write,
            by=author,
            children=[self.children[child] for child in about],
            words=f"Today {self.called(named, who)} laughed." if named else "" if pictured else "A page.",
            areas=[],
            pictures=[self.picture] if pictured else [],
            idempotency_key=uuid.uuid4(),
        )
        if row:
            page = Page(about, author.pk, has_words=bool(row.words))
            page.named = {named} if named else set()
            self.remember(row, page)

    @rule(who=NUMBERS, whose=NUMBERS, pictured=st.booleans(), naming=st.booleans())
    def family_adds(self, who, whose, pictured, naming):
        child, adult = self.child(whose), self.adult(who)
        if self.facts.ties and who % 4:
            child, pk = self.one_of(self.facts.ties, whose)
            adult = self.adults[pk]
        may = self.facts.level(child, adult.pk) >= TAKING_PART
        pictures = [self.picture] if pictured else []
        row = self.done(
            may, journal.add_from_home, self.children[child], by=adult, pictures=pictures, idempotency_key=uuid.uuid4(),
            words=f"Beans with {self.called(self.child(who), whose)}." if naming else "Beans.",
        )  # fmt: skip
        if row:
            named = {self.child(who)} if naming else set()
            self.remember(row, Page({child}, adult.pk, from_home=True, shared=True, named=named))

    def remember(self, row, page):
        page.pictured = set(page.children) if row.photographs.exists() else set()
        self.pages[row.pk] = page
        self.photographs |= dict.fromkeys(row.photographs.values_list("pk", flat=True), page)

    @precondition(lambda self: self.pages)
    @rule(number=NUMBERS)
    def a_draft_is_shared(self, number):
        pk = self.one_of(self.pages, number)
        page, row = self.pages[pk], Observation.objects.get(pk=pk)
        author = self.adults[page.author]
        may = page.shared or (
            not page.withdrawn
            and all(self.facts.looks_after(child, author.pk) for child in page.children)
            and all(self.facts.allows(child, "own_journal") for child in page.pictured)
        )
        if self.done(may, journal.share, row, by=author) and not page.shared:
            page.shared = True

    @precondition(lambda self: self.photographs)
    @rule(number=NUMBERS, whose=st.lists(NUMBERS, max_size=3), naming=st.booleans())
    def others_are_seen_in_a_photograph(self, number, whose, naming):
        pk = self.one_of(self.photographs, number)
        page, photograph = self.photographs[pk], Photograph.objects.get(pk=pk)
        seen = {self.child(each) for each in whose}
        named = self.child(number) if naming else None
        words = f"With {self.called(named, number)}" if named else ""
        told = {"children": [self.children[child] for child in seen], "words": words}
        self.done(not page.shared, journal.describe, photograph, by=self.adults[page.author], **told)
        if not page.shared:
            page.pictured, page.captioned = seen, {named} if named else set()

    @precondition(lambda self: self.pages)
    @rule(number=NUMBERS, who=NUMBERS)
    def a_page_is_taken_back(self, number, who):
        pk = self.one_of(self.pages, number)
        adult = self.adult(who) if who % 3 else self.adults[self.pages[pk].author]
        page, is_author = self.pages[pk], adult.pk == self.pages[pk].author
        answers_for = is_author or bool(self.facts.roles.get(adult.pk, set()) & LEADS)
        own_draft = (
            is_author and not page.shared and bool(self.facts.roles.get(adult.pk, set()) & LOOKS_AFTER)
        )  # it stays with its author
        may = (page.from_home and is_author) or own_draft
        may = may or (answers_for and reads_as_staff(self.facts, page, adult.pk))
        self.done(may, journal.withdraw, Observation.objects.get(pk=pk), by=adult)
        self.pages[pk].withdrawn = self.pages[pk].withdrawn or may

    @precondition(lambda self: self.pages)
    @rule(number=NUMBERS, who=NUMBERS, naming=st.booleans())
    def somebody_answers(self, number, who, naming):
        """Only where the page and the child's journal are open to them, as the view has it."""
        pk = self.one_of(self.pages, number)
        page, adult = self.pages[pk], self.adult(who)
        child = self.one_of(page.children, number)
        family = self.facts.level(child, adult.pk) >= TAKING_PART
        if not may_read_page(self.facts, page, adult.pk) or not (family or self.facts.looks_after(child, adult.pk)):
            return
        named = self.child(who) if naming else None
        words = f"Lovely, {self.called(named, number)}." if named else "Lovely."
        said = journal.comment(
            Observation.objects.get(pk=pk), self.children[child], by=adult, words=words, idempotency_key=uuid.uuid4()
        )
        more = {"before_sharing": not page.shared, "named": {named} if named else set()}
        self.comments[said.pk] = Said(page, child, adult.pk, family, **more)

    @precondition(lambda self: any(said.by_family for said in self.comments.values()))
    @rule(number=NUMBERS, who=NUMBERS)
    def staff_answer_what_a_family_said(self, number, who):
        """Where the page, the comment and the child are open to them, as the view has it."""
        of_family = [pk for pk, said in self.comments.items() if said.by_family]
        pk = sorted(of_family)[number % len(of_family)]
        said, adult = self.comments[pk], self.adult(who) if who % 3 else self.cast.key_person
        row = Comment.objects.select_related("observation").get(pk=pk)
        as_staff = self.facts.looks_after(said.child, adult.pk)
        if not may_read_comment(self.facts, said, adult.pk) and not as_staff:
            return
        may = as_staff and may_read_page(self.facts, said.page, adult.pk)
        told = {"by": adult, "words": "So it is.", "idempotency_key": uuid.uuid4(), "answers": row}
        if answer := self.done(may, journal.comment, row.observation, self.children[said.child], **told):
            self.comments[answer.pk] = Said(said.page, said.child, adult.pk, False, answers=said)
