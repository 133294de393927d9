"""The languages that entries of the directory choose from."""

from portal.core import reference
from resources.models import ServiceLanguage as Language

LANGUAGES = [
    ("english", "English"),
    ("spanish", "Spanish"),
    ("portuguese", "Portuguese"),
    ("haitian-creole", "Haitian Creole"),
    ("cape-verdean-creole", "Cape Verdean Creole"),
    ("chinese", "Chinese"),
    ("vietnamese", "Vietnamese"),
    ("khmer", "Khmer"),
    ("arabic", "Arabic"),
    ("russian", "Russian"),
    ("french", "French"),
    ("american-sign-language", "American Sign Language"),
    ("interpreters", "Other languages, with an interpreter"),
]


@reference.loader(order=31)
def load_languages() -> None:
    for order, (slug, name) in enumerate(LANGUAGES):
        defaults = {"name": name, "order": order}
        Language.objects.get_or_create(slug=slug, defaults=defaults)
