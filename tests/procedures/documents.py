"""Procedures as settings' files look, in words of our own."""

# As a PDF gives it: an empty line after every line, a page's end in the middle, hyphens at line ends.
FROM_A_PDF = """
07 Outdoor play and the garden procedures

07.03 Playing in the rain

We think that rain is weather to play in, not to hide from. Children who are dressed for it learn from

puddles, from mud and from the sound of a wet roof, and they sleep well after-

wards.

Waterproof clothes are the setting's business as much as the family's.

Clothes

\u2022 The pre-school has spare waterproof trousers in all sizes and lends them to any child whose fam-

ily has none, see procedure 07.05 Lending clothes and boots. Families are never asked for a reason, and the

pre-

school's own coats are washed each Friday.

\u2022 Names are sewn into boots, by the family or \u2013 if they would rather \u2013 by staff, as explained on the

04.02b Clothing and labels list.



\u2022 A child who would rather stay dry is not made to go out. Her key person stays indoors with her and tells the

family at the end of the session, so that they can talk about it at home.

A second coat is kept for every child who comes by bus.

Thunder

\u2022 At the first thunder everybody comes indoors (as set out in 03.01 Counting children in and out) and the

children are counted twice.

\u2022 Nobody shelters under the oak tree and 10.02 Complaints procedure for families is shown to those who ask.
"""

# As another setting numbers and words it: "10.1", its name under the title, numbered promises, a review line.
ANOTHER_SETTING = """10.1 Talking with families

Acorn Lane Preschool

We talk with families every day.

Arriving
1. A member of staff stands at the door from 8.45 and greets each family by name.
2. News about the night is written down for the key person
   and read before 9.30.
3) Complaints go by 10.2.

Leaving
a) Children are handed over to a known person only.
b) Anyone else needs the password, see 6.1.

Reviewed annually in November by Staff and Committee
"""

WITH_PAGES = """Hazel Hill Pre-school                Policies and procedures
09.07 Settling in

Every child settles at her own pace.

What we do
\u2022 We visit the child at home before she starts and bring
  the book of photographs.
\u2022 We ask what comforts her, and write it down in words that
Version 3            March 2025            Page 1 of 2
\fHazel Hill Pre-school                Policies and procedures
09.07 Settling in
  anyone in the room can find.
\u2022 We ring after the first morning.

What families do
\u2022 Families stay as long as the child needs them.
Version 3            March 2025            Page 2 of 2
"""

MARKDOWN = """# 03.04 Walking to the library

We go on **foot**.

## Before we leave

- We count the children, and
  write the number on a hand.
- [The list](https://example.org/list) hangs by the door.

  It is new each month.

After that we put on our coats.

## On the way

* We hold hands at `Mill Lane`.

This procedure is reviewed every two years by the committee.
"""
