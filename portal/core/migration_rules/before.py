"""The migrations that stood before the rules did. Nothing is added here: a new one keeps them."""

BEFORE = frozenset(
    """
    core.0001_tables
    home.0001_tables
    people.0001_tables
    reports.0001_tables
    search.0001_tables
    training.0001_tables
    resources.0001_tables
    assistance.0001_tables
    """.split()
)
