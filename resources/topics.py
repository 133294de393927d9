"""Keeping the vocabulary of topics: names, other words, and two that were one."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.db import DatabaseError, models, transaction
from django.utils.text import slugify
from taggit.models import Tag
from wagtail.models import Page, Revision

from portal.core import events
from portal.people.models import User
from resources.models.topic import Topic, TopicSynonym


class Taken(Exception):
    """A word is the name or a synonym of another topic already."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def kept() -> models.QuerySet[Topic]:
    """Return the topics; what stayed behind an approved record when it was merged is none."""
    merged = TopicSynonym.objects.filter(slug=models.OuterRef("slug"))
    topics: models.QuerySet[Topic] = Topic.objects.filter(~models.Exists(merged))
    return topics


def resolve(word: str) -> str:
    """Return the slug of the topic that a slug, a name or a synonym means; else the word's own."""
    slug = slugify(word)
    found = TopicSynonym.objects.filter(slug=slug).values_list("tag__slug", flat=True).first()
    return found or (word if Tag.objects.filter(slug=word).exists() else slug)


def named(words: Iterable[str]) -> list[str]:
    """Return the topics' own names for what somebody typed, once each; new words as they are."""
    typed = {slugify(word): word for word in words}
    known = dict(TopicSynonym.objects.filter(slug__in=typed).values_list("slug", "tag__name"))
    return list(dict.fromkeys(known.get(slug, word) for slug, word in typed.items()))


@transaction.atomic
def keep(topic: Topic, *, synonyms: Iterable[str], by: User, takes_in: Topic | None = None) -> None:
    """Store a topic's other words and take another topic in, which becomes one of them.

    Its address stays when it is renamed, and the addresses of what it took in lead to it. What
    carries it is indexed anew. Taken names a word that means another topic.
    """
    tag = Tag.objects.select_for_update().get(pk=topic.pk)
    words = [word for word in (" ".join(each.split()) for each in synonyms) if word]
    if takes_in is not None:
        theirs = takes_in.synonyms.values_list("name", flat=True)
        words += [takes_in.name, takes_in.slug, *theirs]
        _take_in(tag, Tag.objects.select_for_update().get(pk=takes_in.pk))
    _set_synonyms(tag, words, takes_in)
    if takes_in is not None:
        events.record("resources.topics_merged", actor=by, subject=tag)
    else:
        events.record("resources.topic_kept", actor=by, subject=tag)
    tag.save()  # its receivers index what carries it


def check(topic: Tag, words: Iterable[str], takes_in: Tag | None = None) -> None:
    """Raise Taken for the first word that means another topic than this or the one taken in."""
    slugs = {slugify(word) for word in words} - {""}
    own = [pk for pk in (topic.pk, takes_in.pk if takes_in else None) if pk]
    others = TopicSynonym.objects.filter(slug__in=slugs).exclude(tag__in=own)
    named = kept().filter(slug__in=slugs).exclude(pk__in=own)
    for taken in [*others.values_list("name", flat=True), *named.values_list("name", flat=True)]:
        raise Taken(taken)


def _set_synonyms(tag: Tag, words: list[str], takes_in: Topic | None) -> None:
    check(tag, words, takes_in)
    own = {tag.slug, slugify(tag.name)} if slugify(tag.name) else {tag.slug}
    wanted = {slug: word for word in words if (slug := slugify(word)) and slug not in own}
    tag.synonyms.all().delete()
    rows = [TopicSynonym(tag=tag, name=word[:100], slug=slug) for slug, word in wanted.items()]
    TopicSynonym.objects.bulk_create(rows)


def _take_in(tag: Tag, other: Tag) -> None:
    """Give everything that carries the other tag this one, drafts included, and let it go.

    An approved record keeps the word it was approved with, so that the tag stays behind it.
    """
    for rows in _carriers():
        _move(rows, tag, other)
    for revision in _open_revisions():
        _in_revision(revision, tag, other)
    TopicSynonym.objects.filter(tag=other).delete()
    if not any(rows.filter(tag=other).exists() for rows in _carriers()):
        other.delete()


def _carriers() -> list[models.QuerySet[Any]]:
    """Return the rows of every table that gives a tag to something, in whichever app."""
    related = Tag._meta.related_objects
    tables: set[Any] = {rel.related_model if rel.one_to_many else rel.through for rel in related}
    return [table._default_manager.all() for table in tables - {TopicSynonym}]


def _move(rows: models.QuerySet[Any], tag: Tag, other: Tag) -> None:
    fields = rows.model._meta.concrete_fields
    target = [field.attname for field in fields if field.name not in {"id", "tag"}]
    have = set(rows.filter(tag=tag).values_list(*target))
    for row in rows.filter(tag=other):
        is_double = tuple(getattr(row, name) for name in target) in have
        with suppress(DatabaseError), transaction.atomic():  # a locked row stays as it is
            row.delete() if is_double else rows.filter(pk=row.pk).update(tag=tag)


def _open_revisions() -> models.QuerySet[Revision]:
    """What may be published yet: the newest state of each page, and what waits for its time."""
    newest = Page.objects.exclude(latest_revision=None).values("latest_revision_id")
    rows: models.QuerySet[Revision] = Revision.objects.filter(
        models.Q(pk__in=newest) | models.Q(approved_go_live_at__isnull=False)
    )
    return rows.filter(content__has_key="tagged_items")


def _in_revision(revision: Revision, tag: Tag, other: Tag) -> None:
    items = revision.content["tagged_items"]
    if not any(item["tag"] == other.pk for item in items):
        return
    kept = [item for item in items if item["tag"] not in {tag.pk, other.pk}]
    first = next(item for item in items if item["tag"] in {tag.pk, other.pk})
    revision.content["tagged_items"] = [*kept, {**first, "tag": tag.pk}]
    revision.save(update_fields=["content"])
