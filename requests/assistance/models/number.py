"""The counter behind request numbers."""

from django.db import models


class NumberCounter(models.Model):
    """The last number given in a fiscal year of the Commonwealth (named by its ending year)."""

    fiscal_year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.last}"
