"""The topics with which a new directory begins: (slug, name, kind sentence, may somebody have to leave quickly?)."""

TOPICS = [
    ("money-and-welfare", "Money and welfare rights", "Bills, benefits, debts, help with what childcare costs.", False),
    (
        "special-needs",
        "Special needs and disabilities",
        "When a child grows differently: advice, groups, rights.",
        False,
    ),
    ("culture-and-community", "Culture and community", "People who share your language, faith or country.", False),
    (
        "childcare-and-schools",
        "Childcare and education",
        "Other places for children, schools, and who oversees them.",
        False,
    ),
    ("adult-learning", "Learning for adults", "English, numbers, computers, a first step back to work.", False),
    ("housing", "Housing", "Rent, repairs, somewhere to stay tonight.", False),
    ("bereavement", "When somebody has died", "For grown-ups and for children who grieve.", True),
    ("mental-health", "Feeling low or worried", "You do not have to be at the end of your strength to ask.", True),
    ("drugs-and-alcohol", "Drugs and alcohol", "For whoever drinks or uses, and for those who live with them.", True),
    ("domestic-abuse", "Hurt or frightened at home", "It is not your fault. People listen, by day and night.", True),
]
