"""Whatever is asked, Elasticsearch finds and counts exactly what the database does."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.search import terms
from portal.search.engines.base import Engine
from portal.search.engines.database import DatabaseEngine
from portal.search.query import DATE, Query
from portal.search.records import Record

pytestmark = [pytest.mark.django_db, pytest.mark.search]

WORDS = (
    "screening team protocol consent report reports reporting famílias 51A MDT CSAM mandated "
    "reporter child sexual abuse material missing runaway the of interview interviewer FI forensic "
    "e-mail organization organized care cares caring x y1"
).split()
READERS = ("public", "member", "staff", "center:1", "user:7")
TOPICS = (("legal", "Legal"), ("care", "Care"), ("law-and-care", "Law, and care"))


def fill(engine: Engine, chance: random.Random) -> None:
    now = timezone.now()
    some = [
        Record(
            title=" ".join(chance.choices(WORDS, k=3)),
            summary=" ".join(chance.choices(WORDS, k=5)),
            body=" ".join(chance.choices(WORDS, k=8)),
            url="/",
            kind=chance.choice(["module", "resource"]),
            form=chance.choice([None, ("guide", "Guide"), ("brief", "Brief")]),
            sensitivity=chance.choice([None, 1, 2]),
            topics=chance.sample(TOPICS, k=chance.randrange(3)),
            principals=chance.sample(READERS, k=chance.randrange(3)),
            dated_at=now + timedelta(minutes=n),
            expires_at=chance.choice([None, None, now - timedelta(1), now + timedelta(1)]),
        )
        for n in range(60)
    ]
    engine.index((("test", str(n)), record) for n, record in enumerate(some))


def queries(chance: random.Random) -> list[Query]:
    return [
        Query(
            text=" ".join(chance.choices(WORDS, k=chance.randrange(6)))[: chance.randrange(4, 60)],
            kinds=frozenset(chance.sample(["module", "resource"], k=chance.randrange(2))),
            topics=frozenset(chance.sample(["legal", "care", "gone"], k=chance.randrange(3))),
            forms=frozenset(chance.sample(["guide", "brief"], k=chance.choice([0, 0, 1]))),
            sensitivity=frozenset(chance.sample(["1", "2"], k=chance.choice([0, 0, 1]))),
            principals=frozenset(chance.sample(READERS, k=chance.randrange(4))),
            sort=DATE,
            loose=chance.random() < 0.3,
            size=60,
        )
        for _ in range(60)
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_sets_totals_and_counts_are_the_same(engine: Engine, seed: int) -> None:
    chance = random.Random(seed)
    fill(engine, chance)
    found = 0
    for query in queries(chance):
        here, there = DatabaseEngine().search(query), engine.search(query)
        assert [h.object_id for h in there.hits] == [h.object_id for h in here.hits], query
        assert (there.total, there.facets, there.pages) == (here.total, here.facets, here.pages)
        assert {h.object_id for h in engine.complete(query.text, principals=query.principals)} <= {
            h.object_id
            for h in DatabaseEngine().complete(query.text, principals=query.principals, limit=60)
        }
        found += here.total
    assert found > 100


def test_a_search_for_one_name_finds_the_other(engine: Engine) -> None:
    now = timezone.now()
    titles = ("Child sexual abuse material", "CSAM", "Sexual health", "Missing youth")
    engine.index(
        (("test", str(n)), Record(t, "/", "resource", now, ["member"]))
        for n, t in enumerate(titles)
    )

    def found(text: str) -> set[str]:
        query = Query(text=text, principals=frozenset({"member"}))
        return {hit.plain_title for hit in engine.search(query).hits}

    assert found("csam") == found("child sexual abuse material") == set(titles[:2])
    assert found("runaway") == {"Missing youth"}
    assert found("missing") == {"Missing youth"}


def test_another_name_is_marked_where_it_stands_whole(engine: Engine) -> None:
    body = "About child sexual abuse material. A child is not that."
    record = Record("Images", "/", "resource", timezone.now(), ["member"], body=body)
    engine.index([(("test", "1"), record)])
    (hit,) = engine.search(Query(text="csam", principals=frozenset({"member"}))).hits
    assert str(hit.snippet).count("<mark>") == 4


def test_every_line_of_the_synonyms_is_read() -> None:
    assert ("child", "sexual", "abuse", "material") in terms.synonyms()[("csam",)]
    assert terms.read("the MDTs")[0].ways == (("mdts",), ("multidisciplinary", "team"))
    assert terms.read("") == ()
    assert [len(term.ways) for term in terms.read("consent")] == [1]
