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


def ours(widget: forms.Widget, value: Any, attrs: dict[str, Any]) -> tuple[str, type]:
    return written(widget.render("a<b", value, attrs, Renderer()))


def djangos(widget: forms.Widget, value: Any, attrs: dict[str, Any]) -> tuple[str, type]:
    return written(widget.render("a<b", value, attrs, DjangoTemplates()))


def written(text: str) -> tuple[str, type]:
    """Return what is shown, and whether it counts as safe."""
    return plain(text), type(text)


@pytest.mark.parametrize("attrs", [{}, ATTRS])
@pytest.mark.parametrize("value", [None, "", ODD, format_html("<i>{}</i>", 1), 1234567, True])
@pytest.mark.parametrize("kind", WIDGETS)
def test_inputs(kind: type[forms.Widget], value: Any, attrs: dict[str, Any]) -> None:
    assert ours(kind(), value, attrs) == djangos(kind(), value, attrs)


def test_several_hidden_ones() -> None:
    widget, value = forms.MultipleHiddenInput(), ["a", ODD]
    assert ours(widget, value, ATTRS) == djangos(widget, value, ATTRS)


def test_a_day() -> None:
    widget, day = forms.DateInput(format="%Y-%m-%d"), date(2026, 3, 4)
    assert ours(widget, day, {"type": "date"}) == djangos(widget, day, {"type": "date"})


@pytest.mark.parametrize("attrs", [{}, ATTRS])
@pytest.mark.parametrize("value", [None, "", "a", 1234567, ["a", "2", ""]])
@pytest.mark.parametrize("kind", CHOOSING)
def test_choices(kind: type[forms.Select], value: Any, attrs: dict[str, Any]) -> None:
    widget = kind(choices=CHOICES)
    assert ours(widget, value, attrs) == djangos(widget, value, attrs)


def test_the_renderer_is_in_use_and_knows_the_widgets_of_every_day() -> None:
    assert isinstance(forms.Form().renderer, Renderer)
    assert {kind.template_name for kind in (*WIDGETS[:15], *CHOOSING[:1])} <= set(WRITERS)
