"""The widgets are written as Django's own templates write them."""

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.form_renderer import WRITERS, Renderer

ODD = """<b> & "quoted" 'single' é\n more"""
CHOICES: list[Any] = [
    ("", _("Any")),
    (1234567, ODD),
    ("Group <1>", [("a", format_html("<span>{}</span>", ODD)), (2, "two")]),
    (None, 1234567),
]
ATTRS = {"id": "x&y", "class": 'a"b', "required": True, "disabled": False, "data-n": 1234567}
WIDGETS = [
    *(forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.PasswordInput),
    *(forms.HiddenInput, forms.DateInput, forms.DateTimeInput, forms.TimeInput, forms.FileInput),
    *(forms.ColorInput, forms.SearchInput, forms.TelInput, forms.CheckboxInput, forms.Textarea),
    forms.ClearableFileInput,
]
CHOOSING = [forms.Select, forms.SelectMultiple, forms.RadioSelect, forms.CheckboxSelectMultiple]


def plain(text: str) -> str:
    """Return it without the white space that shows nowhere: Django's files end with a line."""
    return re.sub(r"\s+", " ", re.sub(r"\s+(?=</)|\s+$", "", text))


def compare(widget: forms.Widget, value: Any, attrs: dict[str, Any]) -> None:
    name = "a<b"
    ours = widget.render(name, value, attrs, Renderer())
    django = widget.render(name, value, attrs, DjangoTemplates())
    assert plain(ours) == plain(django)
    assert type(ours) is type(django)


@pytest.mark.parametrize("attrs", [{}, ATTRS])
@pytest.mark.parametrize("value", [None, "", ODD, format_html("<i>{}</i>", 1), 1234567, True])
@pytest.mark.parametrize("kind", WIDGETS)
def test_inputs(kind: type[forms.Widget], value: Any, attrs: dict[str, Any]) -> None:
    compare(kind(), value, attrs)


def test_several_hidden_ones() -> None:
    compare(forms.MultipleHiddenInput(), ["a", ODD], ATTRS)


def test_a_day() -> None:
    compare(forms.DateInput(format="%Y-%m-%d"), date(2026, 3, 4), {"type": "date"})


@pytest.mark.parametrize("attrs", [{}, ATTRS])
@pytest.mark.parametrize("value", [None, "", "a", 1234567, ["a", "2", ""]])
@pytest.mark.parametrize("kind", CHOOSING)
def test_choices(kind: type[forms.Select], value: Any, attrs: dict[str, Any]) -> None:
    compare(kind(choices=CHOICES), value, attrs)


def test_the_renderer_is_in_use_and_knows_the_widgets_of_every_day() -> None:
    assert isinstance(forms.Form().renderer, Renderer)
    assert {kind.template_name for kind in (*WIDGETS[:15], *CHOOSING[:1])} <= set(WRITERS)
