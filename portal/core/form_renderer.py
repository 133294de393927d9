"""How the widgets of forms are written: the plain ones here, all others by their templates.

A page of forms has dozens of them, and Django renders each through up to four templates. What is
written is the same (`tests/core/test_form_renderer.py` compares both).
"""

import html
from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString

Widget = Mapping[str, Any]
WIDGETS = "django/forms/widgets"
INPUTS = (
    *("input", "text", "hidden", "number", "email", "url", "password", "search", "tel", "color"),
    *("date", "time", "datetime", "file", "checkbox"),
)


class Renderer(DjangoTemplates):
    """Django's own, with the plain widgets written at once."""

    def render(self, template_name: str, context: Any, request: Any = None) -> Any:
        write = WRITERS.get(template_name)
        if write is None:
            return super().render(template_name, context, request)
        return SafeString(write(self, context["widget"]))  # each value in it is escaped


def _input(renderer: Renderer, widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_value(widget["value"])}"'
    name, attrs = _text(widget["name"]), _attrs(widget)
    return f'<input type="{_text(widget["type"])}" name="{name}"{value}{attrs}>'


def _several(renderer: Renderer, widget: Widget) -> str:
    return "".join(_written(renderer, each) for each in widget["subwidgets"])


def _textarea(renderer: Renderer, widget: Widget) -> str:
    text = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attrs(widget)}>\n{text}</textarea>'


def _select(renderer: Renderer, widget: Widget) -> str:
    parts = [f'<select name="{_text(widget["name"])}"{_attrs(widget)}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{_text(group)}">')
        parts += ["\n  " + _written(renderer, option) for option in options]
        if group:
            parts.append("\n  </optgroup>")
    return "".join([*parts, "\n</select>"])


def _option(renderer: Renderer, widget: Widget) -> str:
    label = _text(widget["label"])
    return f'<option value="{_value(widget["value"])}"{_attrs(widget)}>{label}</option>'


def _choices(renderer: Renderer, widget: Widget) -> str:
    """Radio buttons, or boxes to check."""
    shown = {name: widget["attrs"].get(name) for name in ("id", "class")}
    attrs = "".join(f' {name}="{_text(value)}"' for name, value in shown.items() if value)
    parts = [f"<div{attrs}>"]
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f"\n  <div><label>{_text(group)}</label>")
        parts += [f"<div>\n    {_written(renderer, option)}</div>" for option in options]
        if group:
            parts.append("\n  </div>")
    return "".join([*parts, "\n</div>"])


def _choice(renderer: Renderer, widget: Widget) -> str:
    if not widget["wrap_label"]:
        return _input(renderer, widget)
    wanted = widget["attrs"].get("id")
    attr = f' for="{_text(wanted)}"' if wanted else ""
    return f"<label{attr}>{_input(renderer, widget)} {_text(widget['label'])}</label>"


def _written(renderer: Renderer, option: Widget) -> str:
    return str(renderer.render(option["template_name"], {"widget": option}))


def _attrs(widget: Widget) -> str:
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_value(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value: Any) -> str:
    """As `{{ value }}` writes it."""
    return conditional_escape(value if isinstance(value, str) else str(localize(value)))


def _value(value: Any) -> str:
    """As `{{ value|stringformat:"s" }}` writes it: no number is written in the language's way."""
    return str(value) if isinstance(value, SafeData) else html.escape(str(value))


WRITERS: dict[str, Callable[[Renderer, Widget], str]] = {
    **{f"{WIDGETS}/{name}.html": _input for name in INPUTS},
    f"{WIDGETS}/multiple_hidden.html": _several,
    f"{WIDGETS}/textarea.html": _textarea,
    f"{WIDGETS}/select.html": _select,
    f"{WIDGETS}/select_option.html": _option,
    f"{WIDGETS}/radio.html": _choices,
    f"{WIDGETS}/checkbox_select.html": _choices,
    f"{WIDGETS}/radio_option.html": _choice,
    f"{WIDGETS}/checkbox_option.html": _choice,
}
