"""Words of the field, each with one definition that lessons and the glossary page share."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.validators import validate_screened
from portal.people import roles


def new_key() -> str:
    return uuid4().hex


class GlossaryTermQuerySet(models.QuerySet["GlossaryTerm"]):
    def visible_to(self, user: Any) -> Self:
        """Everyone on a team may read every term."""
        return self if roles.is_member(user) else self.none()


class GlossaryTerm(models.Model):
    """A word and what it means here. A lesson shows the definition of the day it was published.

    `key` stays when the term is worded anew: the terms that come with the portal are known by it.
    """

    key = models.CharField(max_length=50, unique=True, default=new_key, editable=False)
    term = models.CharField(max_length=80, validators=[validate_screened])
    definition = models.TextField(
        max_length=800,
        validators=[validate_screened],
        help_text=_("One to three plain sentences; they must be true in every lesson"),
    )
    source = models.CharField(max_length=200, blank=True, validators=[validate_screened])
    source_url = models.URLField(_("address of the source"), blank=True)

    objects = GlossaryTermQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [Lower("term")]
        verbose_name = _("glossary term")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("term"),
                name="glossary_term_once",
                violation_error_message=_("This term is in the glossary already."),
            )
        ]

    def __str__(self) -> str:
        return self.term

    @property
    def initial(self) -> str:
        """The letter under which the term stands; # for a digit or a sign."""
        first = self.term[:1].upper()
        return first if first.isalpha() else "#"
