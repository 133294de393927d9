"""The contract of every engine: the same sets, counts, totals and rights; never raw scores."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.search import registry
from portal.search.engines.base import Engine
from portal.search.models import SearchRecord
from portal.search.query import COUNTED, DATE, Query
from portal.search.records import Record

pytestmark = [pytest.mark.django_db, pytest.mark.search]

MEMBER = frozenset({"public", "member"})
NOW = timezone.now()


def put(engine: Engine, pk: int, title: str, **fields: object) -> None:
    values = {
        "url": f"/{pk}/",
        "kind": "resource",
        "principals": ["member"],
        "dated_at": NOW + timedelta(minutes=pk),
        **fields,
    }
    engine.index([(("test", str(pk)), Record(title=title, **values))])  # type: ignore[arg-type]


def several(engine: Engine, numbers: Iterable[int], **fields: object) -> None:
    values = {"kind": "resource", "principals": ["member"], **fields}
    engine.index(
        (
            ("test", str(n)),
            Record(  # type: ignore[arg-type]
                title=f"Consent {n}", url=f"/{n}/", dated_at=NOW + timedelta(minutes=n), **values
            ),
        )
        for n in numbers
    )


def found(engine: Engine, text: str = "", **fields: object) -> list[str]:
    query = Query(text=text, **{"principals": MEMBER, **fields})  # type: ignore[arg-type]
    return [hit.plain_title for hit in engine.search(query).hits]


def counts(engine: Engine, facet: str, **fields: object) -> dict[str, int]:
    query = Query(**{"principals": MEMBER, **fields})  # type: ignore[arg-type]
    return {c.value: c.count for c in engine.search(query).facet(facet).choices}


# -- Text ---------------------------------------------------------------------------------------


def test_every_word_must_match(engine: Engine) -> None:
    put(engine, 1, "Screening guide", body="for the team")
    put(engine, 2, "Screening card", body="for parents")
    assert found(engine, "screening team") == ["Screening guide"]
    assert found(engine, "screening nothing") == []


@pytest.mark.parametrize("text", ["report", "reports", "REPORTED", "reporting", "repor", "Réport"])
def test_forms_beginnings_case_and_accents_are_one(engine: Engine, text: str) -> None:
    put(engine, 1, "Mandated reporting")
    assert found(engine, text) == ["Mandated reporting"]


def test_only_the_last_word_may_be_a_beginning(engine: Engine) -> None:
    put(engine, 1, "Protocol template")
    assert found(engine, "protocol templ") == ["Protocol template"]
    assert found(engine, "proto template") == []


def test_empty_words_are_not_asked_for(engine: Engine) -> None:
    put(engine, 1, "Open a conference", body="teams")
    assert found(engine, "how do teams open the conference") == ["Open a conference"]


def test_title_beats_summary_and_summary_beats_body(engine: Engine) -> None:
    put(engine, 3, "Other", body="consent consent consent consent " + "word " * 30)
    put(engine, 2, "Another", summary="About consent", body="word " * 30)
    put(engine, 1, "Consent", body="word " * 30)
    assert found(engine, "consent") == ["Consent", "Another", "Other"]


def test_topics_are_words_as_well(engine: Engine) -> None:
    put(engine, 1, "Card", topics=[("missing-from-care", "missing from care")])
    assert found(engine, "missing care") == ["Card"]


def test_a_blank_query_shows_the_newest_first(engine: Engine) -> None:
    put(engine, 1, "Old")
    put(engine, 2, "New")
    assert found(engine, "   ") == ["New", "Old"]


def test_sorting_by_date_puts_the_newest_first(engine: Engine) -> None:
    put(engine, 1, "Consent")
    put(engine, 2, "Other", body="consent")
    assert found(engine, "consent", sort=DATE) == ["Other", "Consent"]


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        "a OR",
        "NOT",
        "*",
        "title:x",
        "(",
        "a AND (",
        "-x",
        "\\",
        "x & | !",
        ":*",
        "NEAR(a",
    ],
)
def test_what_is_typed_is_never_a_query_language(engine: Engine, text: str) -> None:
    put(engine, 1, "Consent")
    assert found(engine, text) in ([], ["Consent"])


def test_a_text_of_signs_alone_is_a_blank_one(engine: Engine) -> None:
    put(engine, 1, "Consent")
    assert found(engine, "?!* --") == ["Consent"]


def test_a_long_text_is_cut(engine: Engine) -> None:
    assert len(Query(text="a " * 5_000).text) <= 256
    put(engine, 1, "Consent")
    assert found(engine, "x" * 5_000) == []


def test_other_scripts_are_found(engine: Engine) -> None:
    put(engine, 1, "Ajuda para famílias")
    put(engine, 2, "សេវា")
    assert found(engine, "familias") == ["Ajuda para famílias"]
    assert found(engine, "សេវា") == ["សេវា"]


# -- Rights -------------------------------------------------------------------------------------


def test_without_a_token_nothing_is_found_counted_or_suggested(engine: Engine) -> None:
    put(engine, 1, "Nobody's consent", principals=[])
    put(engine, 2, "Coordinators' consent", principals=["coordinator"])
    put(engine, 3, "The center's consent", principals=["center:7", "user:9"])
    for principals in (frozenset[str](), MEMBER):
        results = engine.search(Query(text="consent", principals=principals))
        assert (results.hits, results.total) == ((), 0)
        assert not any(facet.choices for facet in results.facets)
        assert engine.suggest("consent", principals=principals) == []
    assert found(engine, "consent", principals=frozenset({"center:7"})) == ["The center's consent"]
    assert found(engine, "consent", principals=frozenset({"user:9"})) == ["The center's consent"]


def test_did_you_mean_is_made_of_what_all_members_see(engine: Engine) -> None:
    put(engine, 1, "Confidentiality")
    put(engine, 2, "Zanzibar", principals=["staff"])
    assert engine.search(Query(text="confidentialty", principals=MEMBER)).suggestion == (
        "confidentiality"
    )
    staff = MEMBER | {"staff"}
    assert engine.search(Query(text="zanzibat", principals=staff)).suggestion == ""


def test_what_has_expired_is_not_found_nor_counted(engine: Engine) -> None:
    put(engine, 1, "Consent", expires_at=timezone.now() - timedelta(seconds=1))
    put(engine, 2, "Consent later", expires_at=timezone.now() + timedelta(hours=1))
    assert found(engine, "consent") == ["Consent later"]
    assert counts(engine, "type") == {"resource": 1}


def test_a_changed_right_holds_at_once(engine: Engine) -> None:
    put(engine, 1, "Consent")
    put(engine, 1, "Consent", principals=["staff"])
    assert found(engine, "consent") == []
    assert SearchRecord.objects.count() == 1


# -- Facets, totals, pages ----------------------------------------------------------------------


def fill(engine: Engine) -> None:
    legal, care = ("legal", "Legal"), ("care", "Care")
    put(engine, 1, "One", topics=[legal], kind="module", counties=[("essex", "Essex")])
    put(engine, 2, "Two", topics=[legal, care])
    put(engine, 3, "Three", topics=[care], disciplines=[("medical", "Medical")])
    put(engine, 4, "Hidden", topics=[care], principals=["staff"])


def test_or_inside_a_facet_and_between_them(engine: Engine) -> None:
    fill(engine)
    both = frozenset({"legal", "care"})
    assert found(engine, topics=both) == ["Three", "Two", "One"]
    assert found(engine, topics=both, kinds=frozenset({"module"})) == ["One"]
    assert found(engine, topics=frozenset({"care"}), counties=frozenset({"essex"})) == []


def test_a_facet_counts_without_its_own_choice(engine: Engine) -> None:
    fill(engine)
    chosen = frozenset({"legal"})
    assert counts(engine, "topic", topics=chosen) == {"legal": 2, "care": 2}
    assert counts(engine, "type", topics=chosen) == {"module": 1, "resource": 1}
    assert counts(engine, "discipline", topics=chosen) == {}


def test_zero_is_shown_only_where_it_was_chosen(engine: Engine) -> None:
    fill(engine)
    query = Query(principals=MEMBER, topics=frozenset({"gone"}))
    topic = engine.search(query).facet("topic")
    assert [(c.value, c.count, c.is_selected) for c in topic.choices] == [
        ("care", 2, False),
        ("legal", 2, False),
        ("gone", 0, True),
    ]


def test_total_and_pages_are_exact(engine: Engine) -> None:
    for n in range(1, 46):
        put(engine, n, f"Consent {n}")
    query = Query(text="consent", principals=MEMBER)
    pages = [engine.search(replace(query, page=n)) for n in (1, 2, 3, 4)]
    assert [len(p.hits) for p in pages] == [20, 20, 5, 0]
    assert {p.total for p in pages} == {45}
    assert {p.pages for p in pages} == {3}
    seen = [hit.object_id for p in pages for hit in p.hits]
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("text", ["consent", ""])
def test_beyond_a_thousand_it_says_that_there_are_more(engine: Engine, text: str) -> None:
    """What is counted stays within bounds, and never says more than there is."""
    legal = ("legal", "Legal")
    several(engine, range(1, COUNTED + 1), topics=[legal])
    exact = engine.search(Query(text=text, principals=MEMBER, page=COUNTED // 20))
    assert (exact.total, exact.is_more, exact.pages, len(exact.hits)) == (COUNTED, False, 50, 20)
    assert counts(engine, "topic", text=text) == {"legal": COUNTED}
    several(engine, range(COUNTED + 1, COUNTED + 6), topics=[legal])
    for chosen in (frozenset[str](), frozenset({"legal"})):
        more = engine.search(Query(text=text, principals=MEMBER, topics=chosen))
        assert (more.total, more.is_more, more.pages) == (COUNTED, True, 50)
        [choice] = more.facet("topic").choices
        assert COUNTED <= choice.count <= COUNTED + 5
    newest = Query(text=text, principals=MEMBER, sort=DATE)
    assert engine.search(newest).hits[0].plain_title == f"Consent {COUNTED + 5}"


def test_nobody_pages_beyond_what_is_counted() -> None:
    assert Query(page=10**9).offset < COUNTED
    assert Query(page=-5).offset == 0


# -- Snippets -----------------------------------------------------------------------------------


def test_a_snippet_is_escaped_first_and_then_marked(engine: Engine) -> None:
    put(engine, 1, "<b>Consent</b>", body="x " * 300 + "<script>consent</script> & more " * 3)
    hit = engine.search(Query(text="consent", principals=MEMBER)).hits[0]
    assert hit.title == "&lt;b&gt;<mark>Consent</mark>&lt;/b&gt;"
    assert "&lt;script&gt;<mark>consent</mark>&lt;/script&gt; &amp; more" in hit.snippet
    assert "<script>" not in hit.snippet
    assert len(hit.snippet) < 600


def test_the_mark_typed_is_no_mark(engine: Engine) -> None:
    put(engine, 1, "mark")
    hit = engine.search(Query(text="<mark>", principals=MEMBER)).hits[0]
    assert hit.title == "<mark>mark</mark>"


def test_without_words_the_snippet_is_the_summary(engine: Engine) -> None:
    put(engine, 1, "One", summary="In one line", body="Long")
    assert engine.search(Query(principals=MEMBER)).hits[0].snippet == "In one line"


# -- Suggestions, deleting, rebuilding ----------------------------------------------------------


def test_suggestions_take_any_word_and_are_five_at_most(engine: Engine) -> None:
    for n in range(1, 9):
        put(engine, n, f"Screening {n}")
    put(engine, 20, "Screening request", kind="request")
    put(engine, 21, "Conference agenda for two counties")
    text = "How do other teams open a conference when two counties are involved?"
    best = engine.suggest(text, principals=MEMBER)
    assert [hit.plain_title for hit in best] == ["Conference agenda for two counties"]
    assert len(engine.suggest("screening", principals=MEMBER)) == 5
    assert "request" not in {h.kind for h in engine.suggest("screening", principals=MEMBER)}
    assert engine.suggest("", principals=MEMBER) == []


def test_what_is_deleted_leaves_nothing(engine: Engine) -> None:
    put(engine, 1, "Consent")
    engine.delete([("test", "1"), ("test", "99")])
    assert found(engine, "consent") == []
    put(engine, 2, "Other")
    assert found(engine, "consent") == []


def test_a_rebuild_drops_what_is_gone_and_makes_what_is_missing(engine: Engine) -> None:
    for source in registry.every():
        engine.index(
            [((source.name, "999"), Record("Gone", "/", "resource", NOW, principals=["member"]))]
        )
    engine.rebuild()
    assert found(engine, "gone") == []
    assert engine.health() == "ok"
