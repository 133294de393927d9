"""Editor's picks in the admin: Wagtail's own forms, with the screen before what they keep."""

from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from portal.core.privacy.validators import validate_screened
from portal.people import group_rights

SCREENED = (
    (Query, "query_string"),
    (SearchPromotion, "description"),
    (SearchPromotion, "external_link_text"),
)

group_rights.allow(
    "Program managers",
    "wagtailsearchpromotions.add_searchpromotion",
    "wagtailsearchpromotions.change_searchpromotion",
    "wagtailsearchpromotions.delete_searchpromotion",
)


def screen_words() -> None:
    """Validate what editors type. The models are Wagtail's: their fields are given a validator."""
    for model, name in SCREENED:
        validators = model._meta.get_field(name).validators
        if validate_screened not in validators:
            validators.append(validate_screened)
