"""Disciplines, counties, and the children's advocacy centers that serve them."""

from typing import ClassVar

from django.db import models

from portal.people.models.dated import Dated


class Discipline(models.Model):
    """A profession on the team. `is_core` marks the seven of the national minimum team."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    is_core = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class County(models.Model):
    """One of the fourteen counties of Massachusetts."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "counties"

    def __str__(self) -> str:
        return self.name


class Center(models.Model):
    """A children's advocacy center: the scope of a coordinator."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    counties = models.ManyToManyField(County, through="CenterCounty", related_name="centers")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class CenterCounty(Dated):
    """A center serves a county, from a day to a day."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="county_links")
    county = models.ForeignKey(County, models.PROTECT, related_name="center_links")

    class Meta(Dated.Meta):
        verbose_name_plural = "center counties"

    def __str__(self) -> str:
        return f"{self.center} serves {self.county}"


class TownOverride(Dated):
    """A town served by another center than its county says (Athol, Worcester County)."""

    town = models.CharField(max_length=60)
    county = models.ForeignKey(County, models.PROTECT)
    center = models.ForeignKey(Center, models.PROTECT)

    class Meta(Dated.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.town} is served by {self.center}"
