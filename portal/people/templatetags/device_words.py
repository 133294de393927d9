"""A browser in words."""

from django import template

from portal.people import devices

register = template.Library()
register.filter("device", devices.label)
