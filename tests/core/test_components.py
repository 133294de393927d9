"""The components of the templates, rendered."""

import re
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.template import Context, engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

NASTY = '<script>alert("x")</script>'


def render(source: str, path: str = "/", **context: Any) -> str:
    template = engines["django"].from_string(CottonCompiler().process(source))
    # A plain context: what the frame adds asks the database, and no component needs it.
    html = template.template.render(Context({**context, "request": RequestFactory().get(path)}))
    return re.sub(r"\s+", " ", html).strip()


class Request(forms.Form):
    subject = forms.CharField(help_text="A few words")
    county = forms.ChoiceField(choices=[("e", "Essex")], widget=forms.RadioSelect, required=False)
    agree = forms.BooleanField(label="I have read the note")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_the_last_crumb_is_the_current_page() -> None:
    html = render(
        '<c-breadcrumb><c-crumb href="/t/">Training</c-crumb><c-crumb>F04</c-crumb></c-breadcrumb>'
    )
    assert '<a href="/t/">Training</a>' in html
    assert '<li aria-current="page">F04</li>' in html
    assert 'aria-label="Breadcrumb"' in html


def test_a_button_with_an_address_is_a_link() -> None:
    html = render('<c-button href="/x/" variant="secondary">Go</c-button>')
    assert html.startswith('<a href="/x/" class="button button--secondary')


def test_a_button_without_one_sends_its_form_with_its_name_and_value() -> None:
    html = render('<c-button name="action" value="draft">Save</c-button>')
    assert html.startswith('<button type="submit" class="button button--primary')
    assert 'name="action"' in html
    assert 'value="draft"' in html


def test_a_value_is_escaped_once_whichever_way_it_is_passed() -> None:
    for source in (
        '<c-task-item title="{{ words }}" />',
        '<c-task-item :title="words" />',
        "<c-tag>{{ words }}</c-tag>",
        '<c-alert heading="{{ words }}">x</c-alert>',
    ):
        html = render(source, words=NASTY)
        assert "<script>" not in html
        assert "&lt;script&gt;" in html
        assert "&amp;lt;" not in html


def test_a_component_takes_nothing_of_the_page_around_it() -> None:
    html = render("<c-task-item status='Complete' />", title="Secret", href="/secret/")
    assert "Secret" not in html
    assert "/secret/" not in html


def test_a_field_ties_label_hint_and_error_to_its_widget() -> None:
    form = Request({"subject": "", "county": "e"})
    html = render('<c-field :field="form.subject" />', form=form)
    assert '<label for="id_subject">Subject</label>' in html
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in html
    assert 'id="id_subject_helptext"' in html
    assert 'id="id_subject_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_group_of_choices_has_a_legend_and_is_marked_when_optional() -> None:
    html = render('<c-field :field="form.county" />', form=Request())
    assert "<fieldset" in html
    assert re.search(r"<legend>County <span[^>]*>\(optional\)</span></legend>", html)


def test_a_hidden_field_is_only_itself() -> None:
    html = render('<c-field :field="form.token" />', form=Request())
    assert html.startswith('<input type="hidden"')
    assert "label" not in html


def test_the_error_summary_leads_to_each_field_and_stays_away_without_errors() -> None:
    html = render('<c-error-summary :form="form" />', form=Request({}))
    assert '<a href="#id_subject">Subject: This field is required.</a>' in html
    assert '<a href="#id_agree">I have read the note: This field is required.</a>' in html
    assert 'role="alert"' in html
    assert render('<c-error-summary :form="form" />', form=Request()) == ""


def test_pages_keep_the_rest_of_the_address() -> None:
    page = Paginator(range(100), 10).get_page(5)
    html = render('<c-pagination :page="page_obj" />', path="/x/?q=a&page=5", page_obj=page)
    assert 'href="?q=a&amp;page=6"' in html
    assert html.count('aria-current="page"') == 1
    assert "…" in html


def test_one_page_needs_no_pages() -> None:
    page = Paginator([1], 10).get_page(1)
    assert render('<c-pagination :page="page_obj" />', page_obj=page) == ""


def test_a_bar_chart_is_drawn_by_attributes_and_says_its_numbers() -> None:
    rows = [("Essex", 40, "40 people"), ("Nantucket", 10, "10 people"), ("Dukes", 0, "none")]
    html = render('<c-bar-chart :rows="rows" caption="By county" />', rows=rows)
    assert 'width="100.00"' in html
    assert 'width="25.00"' in html
    assert 'width="0.00"' in html
    assert "10 people" in html
    assert "style=" not in html
    assert "<caption>By county</caption>" in html


def test_a_chart_of_nothing_is_empty_and_no_error() -> None:
    assert "<svg" not in render('<c-bar-chart :rows="rows" caption="By county" />', rows=[])


def test_progress_is_said_in_words() -> None:
    html = render('<c-progress-bar value="3" max="5" label="3 of 5 lessons" />')
    assert '<progress value="3" max="5" aria-label="3 of 5 lessons">' in html


def test_a_table_scrolls_in_a_region_with_a_name() -> None:
    html = render('<c-table caption="Requests"><tbody></tbody></c-table>')
    assert 'role="region" aria-label="Requests" tabindex="0"' in html
    assert "<caption>Requests</caption>" in html


def test_every_other_component_renders_what_it_is_given() -> None:
    html = render(
        '<c-columns><c-main><c-steps><c-step heading="One">first</c-step></c-steps></c-main>'
        '<c-side><c-card heading="Next">step</c-card><c-summary-box heading="Box">b</c-summary-box>'
        '<c-empty heading="None yet">come</c-empty></c-side></c-columns>'
        '<c-summary-list><c-summary-row key="Minutes">12 min</c-summary-row></c-summary-list>'
        '<c-fieldset legend="When" hint="If known">f</c-fieldset>'
        '<c-collection><c-collection-item href="/a" title="T" meta="m">text</c-collection-item>'
        "</c-collection>"
        '<c-task-list><c-task-item href="/a" title="L" status="Done" tone="success" />'
        "</c-task-list>"
    )
    for words in ("One", "first", "Next", "Box", "None yet", "12 min", "When", "If known", "text"):
        assert words in html
    assert 'tag--success">Done' in html
