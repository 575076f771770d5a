"""The words with which a new setting's pages begin. Editors change them in Wagtail; this file only starts them off."""

WELCOME = (
    "<p>This is where our families and we keep in touch: the journal with what your child does here, the papers that we sign "
    "together, and what is happening this week.</p>"
)

PRIVACY_LEAD = "What we keep about your child and your family, why, who sees it, and what you can ask of us."

PRIVACY = (
    "<h2>What we keep</h2>"
    "<p>Names, dates and ways to reach you; what helps us to look after your child, such as allergies; the learning journal with "
    "its photographs; the forms you sign; and complaints with their answers.</p>"
    "<h2>Why</h2>"
    "<p>The law asks every early years setting to keep much of this. The rest we keep to look after your child well, or because "
    "you said yes. Where you said yes, you can change your mind at any time.</p>"
    "<h2>Who sees it</h2>"
    "<p>You, the people you share your child's care with as far as each of them may, and those of us who need it for their work. "
    "We tell other agencies only with your agreement, or where the law or a child's safety asks for it.</p>"
    "<h2>How long</h2>"
    "<p>The law says how long we keep some records, and for the others we decide it. Ask us how long we keep what.</p>"
    "<h2>What you can ask</h2>"
    "<p>To see what we hold, to have a mistake put right, to have something removed where the law allows it, and to be given a "
    "copy. Speak to us first. You can also turn to the Information Commissioner's Office at any time.</p>"
)

ACCESSIBILITY_LEAD = "We want everybody to be able to use these pages. Tell us where they get in your way."

ACCESSIBILITY = (
    "<h2>What you can expect</h2>"
    "<p>The pages work on a small phone, at four times the size, without a mouse, without scripts and with a screen reader. "
    "Pictures are described. Papers that you download are tagged, so that they can be read aloud.</p>"
    "<h2>If something does not work for you</h2>"
    "<p>Tell any of us, in the way that suits you. We will give you what you need on paper, aloud, in large print or through an "
    "interpreter, and put the page right.</p>"
)
