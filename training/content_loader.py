"""Loads the modules that come with the portal, from the TOML files in `training/content`.

Ids of blocks follow from the module's code and the key of the lesson, so that every installation
has the same ones. A code that is there already is left alone: from then on it is the authors'.
"""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from wagtail.models import Page

from portal.people.models import Discipline, User
from portal.search import index
from training import glossary_loader, releases
from training.models import ModulePage, PathwayPage, PathwayStep, TrainingIndexPage

CONTENT = Path(__file__).parent / "content"
WRITTEN = tuple(f"f{number:02}" for number in range(1, 14))
MONTH = timedelta(days=30.44)
PATHWAY = {
    "title": "Foundations for every team member",
    "slug": "foundations",
    "summary": (
        "Thirteen modules that every member of a team shares, whatever their profession. The "
        "order is a suggestion: start with what you need this week."
    ),
}

Json = dict[str, Any]


@transaction.atomic
def load(owner: User | None, now: datetime) -> None:
    """Make the modules, their first releases and the foundations pathway, whatever is missing.

    `now` (UTC) is the day they are published and released.
    """
    for name in WRITTEN:
        _make(_written(_read(name)), owner=owner, now=now)
    for data in _read("outlines")["modules"]:
        _make(_planned(data), owner=owner, now=now)
    _make_pathway(owner=owner, now=now)


def lessons(data: Json) -> list[Json]:
    """Return the StreamField JSON of a module's lessons."""
    return [_lesson(data["code"], lesson) for lesson in data["lessons"]]


def quiz(data: Json) -> list[Json]:
    return [
        {"type": "question", "id": uid(data["code"], "quiz", n), "value": _question(q, *key)}
        for n, q in enumerate(data["quiz"], 1)
        for key in [(data["code"], "quiz", n)]
    ]


def uid(*parts: object) -> str:
    """Return a stable id, from the code and the keys below it."""
    return str(uuid5(NAMESPACE_URL, "training/" + "/".join(str(part) for part in parts)))


def _read(name: str) -> Json:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def _make(fields: Json, *, owner: User | None, now: datetime) -> None:
    if ModulePage.objects.filter(code=fields["code"]).exists():
        return
    topics, disciplines = fields.pop("topics"), fields.pop("disciplines")
    months = fields.pop("review_by_months", None)
    if months:
        fields["review_by"] = (now + months * MONTH).date()
    page = ModulePage(**fields)
    _add(page, owner=owner, now=now)
    page.topics.add(*topics)
    page.disciplines.set(Discipline.objects.filter(slug__in=disciplines))
    page.save()
    _publish(page, owner=owner)
    index.touch("module", page.pk)
    if not page.is_in_preparation:
        releases.release(page, substantive=False, by=owner, at=now)


def _add(page: Page, *, owner: User | None, now: datetime) -> None:
    page.owner, page.live = owner, True
    page.first_published_at = page.last_published_at = now
    TrainingIndexPage.objects.get().add_child(instance=page)


def _publish(page: Page, *, owner: User | None) -> None:
    """Give a live page the revision that Wagtail's editor and history start from."""
    revision = page.save_revision(user=owner, changed=False, clean=False)
    page.live_revision, page.has_unpublished_changes = revision, False
    page.save(update_fields=["live_revision", "has_unpublished_changes"], clean=False)


def _common(data: Json) -> Json:
    names = ("code", "slug", "title", "summary", "sensitivity", "topics", "disciplines")
    objectives = [
        {"type": "line", "value": text, "id": uid(data["code"], "objective", n)}
        for n, text in enumerate(data["objectives"], 1)
    ]
    return {**{name: data[name] for name in names}, "objectives": objectives}


def _written(data: Json) -> Json:
    sources = [
        {"type": "source", "value": source, "id": uid(data["code"], "source", n)}
        for n, source in enumerate(data["sources"], 1)
    ]
    return {
        **_common(data),
        "sensitivity_note": data["sensitivity_note"],
        "review_by_months": data["review_by_months"],
        "quiz_draw": data.get("quiz_draw"),
        "pass_mark": data["pass_mark"],
        "sources": sources,
        "lessons": lessons(data),
        "quiz": quiz(data),
    }


def _planned(data: Json) -> Json:
    titles = [
        {"type": "line", "value": title, "id": uid(data["code"], "planned", n)}
        for n, title in enumerate(data["lessons"], 1)
    ]
    return {
        **_common(data),
        "is_in_preparation": True,
        "planned_minutes": data["planned_minutes"],
        "planned_lessons": titles,
    }


def _lesson(code: str, data: Json) -> Json:
    key = (code, data["key"])
    value = {
        "title": data["title"],
        "sensitivity": str(data["sensitivity"]),
        "content_note": data["content_note"],
        "body": [_block(b, *key, "body", n) for n, b in enumerate(data["blocks"], 1)],
        "alternative": [
            _block(b, *key, "alternative", n) for n, b in enumerate(data.get("alternative", []), 1)
        ],
        "checks": [
            _item(_question(q, *key, "check", n), *key, "check", n)
            for n, q in enumerate(data["checks"], 1)
        ],
    }
    return {"type": "lesson", "id": uid(*key), "value": value}


def _block(data: Json, *key: object) -> Json:
    kind = data["type"]
    value: Any = {k: v for k, v in data.items() if k != "type"}
    if kind == "text":
        value = data["html"].strip()
    elif kind == "vignette":
        value = {"title": data["title"], "text": data["html"].strip()}
    elif kind == "choice_vignette":
        value = {
            "title": data["title"],
            "situation": data["html"].strip(),
            "choices": [_item(choice, *key, n) for n, choice in enumerate(data["choices"], 1)],
        }
    elif kind == "glossary":
        terms = [glossary_loader.find(term).pk for term in data["terms"]]
        value = {"terms": [_item(pk, *key, n) for n, pk in enumerate(terms, 1)]}
    elif kind == "steps":
        value["items"] = [_item(step, *key, n) for n, step in enumerate(data["items"], 1)]
    return {"type": kind, "id": uid(*key), "value": value}


def _question(data: Json, *key: object) -> Json:
    blank = {"match": "", "correct": False, "feedback": ""}
    options = [_item({**blank, **option}, *key, n) for n, option in enumerate(data["options"], 1)]
    more = {"hint": data.get("hint", ""), "linked": data.get("linked", False)}
    return {"kind": data["kind"], "prompt": data["prompt"], "options": options, **more}


def _item(value: Any, *key: object) -> Json:
    return {"type": "item", "id": uid(*key), "value": value}


def _make_pathway(*, owner: User | None, now: datetime) -> None:
    if PathwayPage.objects.filter(slug=PATHWAY["slug"]).exists():
        return
    page = PathwayPage(**PATHWAY)
    foundations = ModulePage.objects.filter(code__regex=r"^F\d\d$").order_by("code")
    page.steps = [PathwayStep(module=m, sort_order=n) for n, m in enumerate(foundations)]
    _add(page, owner=owner, now=now)
    _publish(page, owner=owner)
    index.touch("pathway", page.pk)
