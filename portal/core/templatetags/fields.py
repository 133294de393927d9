"""A field of a form with its label, its hint and its errors."""

from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

PLAIN = '<div class="field{}">\n  <label for="{}">{}</label>\n  {}\n  {}{}\n</div>'
GROUP = '<fieldset class="field{}"{}>\n  <legend>{}</legend>\n  {}\n  {}{}\n</fieldset>'
CHECK = (
    '<div class="field field--check{}">\n'
    '  <div class="check">{}<label for="{}">{}</label></div>\n  {}{}\n</div>'
)


@register.simple_tag
def field(bound: Any, label: str = "", hint: str = "", needed: str = "", slot: str = "") -> str:
    """What `c-field` writes; a page with many fields calls it by itself, which is less work."""
    if not isinstance(bound, BoundField) or bound.is_hidden:
        return conditional_escape(bound)
    mark = " field--error" if bound.errors else ""
    name, notes = conditional_escape(label or str(bound.label)), field_notes(bound, hint)
    if bound.widget_type == "checkbox" and not bound.use_fieldset:
        return format_html(CHECK, mark, bound, bound.id_for_label, name, notes, slot)
    if not bound.field.required and not needed:
        optional = _("(optional)")
        name = format_html('{} <span class="field__optional">{}</span>', name, optional)
    if not bound.use_fieldset:
        return format_html(PLAIN, mark, bound.id_for_label, name, notes, bound, slot)
    told = bound.aria_describedby
    tie = format_html(' aria-describedby="{}"', told) if told else ""
    return format_html(GROUP, mark, tie, name, notes, bound, slot)


@register.simple_tag
def field_notes(bound: BoundField, hint: str = "") -> SafeString:
    """Write hint and errors under the ids that Django writes into aria-describedby."""
    parts = SafeString("")
    words = hint or mark_safe(str(bound.help_text))  # noqa: S308  # written in the code
    if words:
        form = '<div class="field__hint" id="{}_helptext">{}</div>'
        parts += format_html(form, bound.auto_id, words)
    if bound.errors:
        line = '<p><span class="usa-sr-only">{}</span> {}</p>'
        lines = format_html_join("", line, ((_("Error:"), error) for error in bound.errors))
        form = '<div class="field__error" id="{}_error">{}</div>'
        parts += format_html(form, bound.auto_id, lines)
    return parts
