"""What the editor of a resource posts."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield


def resource_form(title: str = "New guidance", **changes: Any) -> dict[str, Any]:
    text = changes.pop("text", "<p>Call the coordinator first.</p>")
    fields = {
        "title": title,
        "slug": title.lower().replace(" ", "-"),
        "line": "What to do first",
        "kind": "guidance",
        "sensitivity": "1",
        "language": "en",
        "version": "1.0",
        "must_read": "nobody",
        "what_changed": "",
        "files": inline_formset([]),
        "effective_on": "",
        "review_by": str(timezone.localdate() + timedelta(days=300)),
        "kept_by": "",
        "source": "Our own text",
        "replaces": "",
        "audience": "members",
        "disciplines": [],
        "topics": '"first calls"',
        "go_live_at": "",
        "expire_at": "",
        "body": streamfield([("text", rich_text(text))]),
        "sources": streamfield([]),
        **changes,
    }
    data: dict[str, Any] = nested_form_data(fields)
    return data
