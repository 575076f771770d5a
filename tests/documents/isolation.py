"""What happens with consents, in the stories of tests/isolation.py."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from documents import actions as papers
from tests.isolation import NUMBERS
from tests.written_rules import EVERYTHING

PURPOSES = st.sampled_from(["own_journal", "others_journals"])


class Stories:
    @rule(who=NUMBERS, whose=NUMBERS, purpose=PURPOSES, allows=st.booleans())
    def somebody_decides(self, who, whose, purpose, allows):
        child, adult = self.child(whose), self.adult(who)
        if self.facts.ties and who % 3:  # mostly somebody who has a say
            child, pk = self.one_of(self.facts.ties, whose)
            adult = self.adults[pk]
        may = self.facts.level(child, adult.pk) == EVERYTHING
        may = may and (not allows or self.facts.may_say_yes(child, adult.pk, purpose))
        if self.done(may, papers.decide_consent, self.children[child], purpose, allows, by=adult):
            self.facts.words[child, adult.pk, purpose] = allows
