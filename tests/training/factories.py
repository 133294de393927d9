"""Modules for tests: the StreamField JSON of a small module, and the module itself, published."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from training.models import (
    ModulePage,
    ModuleRelease,
    PathwayPage,
    PathwayStep,
    TrainingIndexPage,
)


def uid(*parts: object) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, parts))))


def item(value: Any, *key: object) -> dict[str, Any]:
    """An item of a ListBlock, with a stable id."""
    return {"type": "item", "value": value, "id": uid(*key)}


def question(
    *key: object, kind: str = "single", right: tuple[int, ...] = (0,), **more: object
) -> dict[str, Any]:
    """A question of three options; those at the places in `right` are right.

    Of matching, line n belongs to "Match n"; of ordering the options stand in order; a short text
    may be any "Answer n".
    """
    count = 2 if kind == "true_false" else 3
    marks = right if kind in {"single", "multiple", "true_false"} else ()
    options = [
        item(
            {
                "text": f"Answer {n}",
                "match": f"Match {n}" if kind == "matching" else "",
                "correct": n in marks,
                "feedback": f"Feedback {n}",
            },
            *key,
            n,
        )
        for n in range(count)
    ]
    return {"kind": kind, "prompt": f"Question {key[-1]}?", "options": options, **more}


def text_block(html: str, *key: object) -> dict[str, Any]:
    return {"type": "text", "value": html, "id": uid(*key)}


def lesson(code: str, n: int, *, checks: int = 1, sensitivity: int = 1) -> dict[str, Any]:
    key = (code, "lesson", n)
    body = [
        text_block(f"<h2>Part {n}</h2><p>Main text of lesson {n}.</p>", *key, "text"),
        {"type": "reflection", "value": {"prompt": "What then?"}, "id": uid(*key, "reflection")},
    ]
    alternative = []
    if sensitivity > 1:
        alternative = [
            text_block(f"<h2>Part {n}</h2><p>Other text of lesson {n}.</p>", *key, "alt"),
            {"type": "reflection", "value": {"prompt": "And now?"}, "id": uid(*key, "alt-r")},
        ]
    value = {
        "title": f"Lesson {n}",
        "sensitivity": str(sensitivity),
        "content_note": "Speaks of coercion in general terms." if sensitivity > 1 else "",
        "body": body,
        "alternative": alternative,
        "checks": [item(question(*key, "check", c), *key, "check", c) for c in range(checks)],
    }
    return {"type": "lesson", "value": value, "id": uid(*key)}


def quiz(code: str, count: int = 2) -> list[dict[str, Any]]:
    return [
        {"type": "question", "value": question(code, "quiz", n), "id": uid(code, "quiz", n)}
        for n in range(count)
    ]


def linked_quiz(code: str, *kinds: str) -> list[dict[str, Any]]:
    """A quiz whose questions are asked before the module and months later as well."""
    return [
        {
            "type": "question",
            "value": question(code, "quiz", n, kind=kind, linked=True, hint="Look at lesson 1."),
            "id": uid(code, "quiz", n),
        }
        for n, kind in enumerate(kinds or ("single", "single"))
    ]


def draft_module(code: str = "T01", lessons: int = 2, **fields: Any) -> ModulePage:
    """A module that nobody has published yet."""
    sensitivity = fields.get("sensitivity", 1)
    defaults: dict[str, Any] = {
        "title": f"Module {code}",
        "slug": code.lower(),
        "code": code,
        "summary": f"What {code} is about.",
        "lessons": [lesson(code, n, sensitivity=sensitivity) for n in range(1, lessons + 1)],
        "quiz": quiz(code),
        "live": False,
    }
    page = ModulePage(**{**defaults, **fields})
    TrainingIndexPage.objects.get().add_child(instance=page)
    return page


def make_module(
    code: str = "T01", lessons: int = 2, **fields: Any
) -> tuple[ModulePage, ModuleRelease]:
    """A published module and its first release. Every right answer is the first option."""
    page = draft_module(code, lessons, **fields)
    return page, publish(page)


def publish(page: ModulePage, by: Any = None) -> ModuleRelease:
    """Publish the page as it stands in memory; return its newest release."""
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()
    return page.releases.newest_first()[0]


def make_pathway(slug: str, *modules: ModulePage, **fields: Any) -> PathwayPage:
    """A published pathway through the modules, in the order given."""
    page = PathwayPage(**{"title": f"Pathway {slug}", "slug": slug, **fields})
    page.steps = [PathwayStep(module=m, sort_order=n) for n, m in enumerate(modules)]
    TrainingIndexPage.objects.get().add_child(instance=page)
    return page
