"""What families must be told, as a new setting begins with it. Editors change the rows; this file only starts them off.

SF: the statutory framework for the early years foundation stage (EYFS). LAW: an act. SG: statutory guidance.
"""

ITEMS = [
    (
        "How we teach and look after children",
        "How the early years foundation stage (EYFS) is brought to life here, and where you can learn more about it.",
        "SF, EYFS: information for parents",
    ),
    (
        "What your child does all day, and how you can go on at home",
        "The kinds of things we do, how a day runs, and ideas for sharing the learning at home.",
        "SF, EYFS: information for parents",
    ),
    (
        "Help for children with special needs or disabilities",
        "How we notice that a child needs more, what we do then, and who leads on it here (the SENCo).",
        "SF, EYFS: information for parents; SEND code of practice",
    ),
    ("Food and drink", "What children eat and drink here, and how we keep to diets and allergies.", "SF, EYFS"),
    (
        "Our policies and procedures",
        "All of them, to read here and on paper when you ask; and how we let you know when one changes.",
        "SF, EYFS: policies open to parents, changes notified",
    ),
    (
        "If a child is not collected",
        "Whom we ring, how long we wait, and who stays with your child.",
        "SF, EYFS: named procedure",
    ),
    (
        "If a child goes missing",
        "What we do in the first minutes, and when you hear from us.",
        "SF, EYFS: named procedure",
    ),
    (
        "Who works here, and your child's key person",
        "Who is with the children, what a key person does, and how you learn her name before the first day.",
        "SF, EYFS: staffing, key person's name and role",
    ),
    ("A phone number for emergencies", "Where you reach us while your child is here.", "SF, EYFS"),
    (
        "When a child is away",
        "How you tell us, what we do when we hear nothing, and when we worry.",
        "SF, EYFS from September 2025: attendance policy shared with parents",
    ),
    (
        "How to complain",
        "How to say that something is not right, when you get an answer, and who else you can turn to.",
        "SF, EYFS: written procedure; answer within 28 days",
    ),
    (
        "Inspections",
        "When an inspection is coming and we know of it, you hear from us; afterwards you get the report.",
        "SF, EYFS: inspection report to parents",
    ),
    (
        "What it costs",
        "Funded hours, and everything that costs extra, with its price.",
        "SG: funding guidance, from January 2026",
    ),
    (
        "Keeping children safe, and British values",
        "How we protect children from harm and from being drawn into hatred (the Prevent duty), and the fairness and "
        "respect we live by.",
        "LAW: Counter-Terrorism and Security Act 2015, section 26",
    ),
    (
        "What we keep about your family",
        "What we hold, why, for how long, and what you can ask.",
        "LAW: UK GDPR, articles 13 and 14",
    ),
]
