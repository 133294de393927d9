"""Every page of every role: axe finds nothing, the console is silent, nothing leaves at 320 px."""

import gzip
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.conf import settings
from playwright.sync_api import Page, Response

from assistance.models import ActivityRecord, FollowUp, Passage, Ticket
from portal.core import inventory
from portal.home import demo
from portal.people.demo import DOMAIN
from portal.people.mailing import unsubscribing
from portal.people.models import User
from portal.reports import freezing
from portal.reports.layouts import LAYOUTS
from portal.reports.periods import Period
from resources.models import Forum, Highlight, PageSuggestion, ResourcePage, Service
from training.models import LiveSession, OutreachTalk, OutsideTraining, ProtocolVersion

SignIn = Callable[[User], None]
FindAxe = Callable[[], list[str]]
MOST_BYTES = 60_000  # of a page by itself
MOST_AT_FIRST = 200_000  # with all that it brings along on a first visit

PUBLIC = [
    "/",
    "/resources/",
    "/privacy/",
    "/accessibility/",
    "/whats-new/",
    "/accounts/login/",
    "/accounts/join/",
    "/accounts/password/reset/",
]
SHARED = [
    "/",
    "/training/",
    "/training/pathways/foundations/",
    "/training/mandated-reporting/",
    "/training/what-csec-is/",
    "/training/glossary/",
    "/training/what-csec-is/evaluation/",
    "/training/what-csec-is/suggest/",
    "/training/suggestions/",
    "/training/mandated-reporting/evaluation/",
    "/training/sessions/",
    "/me/transcript/",
    "/resources/",
    "/resources/first-24-hours-checklist/",
    "/resources/directory/",
    "/resources/directory/by-county/",
    "/resources/directory/?county=essex&category=center",
    "/resources/initiatives/",
    "/resources/initiatives/fourteen-hour-drive/",
    "/resources/highlights/",
    "/resources/facts/",
    "/resources/words-we-use-in-team-notes/",
    "/resources/bookmarks/",
    "/resources/to-read/",
    "/resources/suggestions/",
    "/resources/first-24-hours-checklist/useful/",
    "/resources/first-24-hours-checklist/suggest/",
    "/resources/first-24-hours-checklist/format/",
    "/search/?q=report",
    "/search/?q=nothing-like-this",
    "/search/?q=report+nothing-like-this",
    "/ask/",
    "/accounts/2fa/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/email/",
    "/me/",
    "/me/attest/",
    "/me/mail/",
    "/me/needs/",
    "/me/outside/",
    "/me/outside/new/",
    "/privacy/inventory/",
    *(f"/privacy/inventory/{part}/" for part in inventory.PARTS),
]
WALKS = {
    "": PUBLIC,
    "advocate": [*SHARED, "/training/words-that-protect/2/", "/training/mandated-reporting/3/"],
    "essex": [
        "/",
        "/team/",
        "/team/invite/",
        "/team/import/",
        "/team/requirements/",
        "/team/assignments/",
        "/team/assignments/new/",
        "/team/assignments/plans/new/",
        "/team/certificates/",
        "/team/packs/",
        "/team/joining/",
        "/team/centers/",
        "/team/centers/essex/",
        "/team/centers/essex/protocol/new/",
        "/training/talks/",
        "/training/talks/new/",
        "/requests/",
        "/requests/new/",
        "/requests/activities/",
        "/resources/reading/",
        "/resources/holding-a-first-team-meeting/",
        "/ask/",
        "/resources/coordinators/",
        "/resources/initiatives/protocol-alignment/",
    ],
    "manager": [
        "/",
        "/me/mail/",
        "/requests/",
        "/requests/?view=closed",
        "/requests/?view=centers",
        "/requests/due/",
        "/requests/gaps/",
        "/status/",
        "/status/dead/",
        "/requests/redactions/",
        "/requests/activities/",
        "/requests/activities/new/",
        "/requests/follow-ups/",
        "/requests/passages/",
        "/requests/passages/new/",
        "/requests/specialists/",
        "/team/",
        "/reports/",
        "/reports/quality/",
        "/reports/quality/services-unverified/",
        "/reports/released/",
        "/reports/released/?period=federal-2026",
        "/reports/frozen/",
        "/reports/templates/",
        *(f"/reports/templates/{key}/" for key in LAYOUTS),
        "/reports/range/",
        "/reports/runs/",
        "/search/asked/",
        "/resources/reading/",
        "/resources/usefulness/",
        "/resources/suggestions/",
        "/team/coverage/",
        "/team/coverage/essex/",
        "/team/requirements/?before=2027-06-30&lapsing=on",
        "/team/centers/",
        "/team/centers/capeislands/",
        "/training/talks/",
        "/training/evaluations/",
        "/training/evaluations/what-csec-is/",
        "/training/evaluations/mandated-reporting/",
        "/audit/",
        "/mail/",
        "/mail/returned/",
        "/retention/",
        "/training/outcomes/",
        "/training/outcomes/words-that-protect/",
        "/resources/directory/due/",
        "/resources/facts/",
        "/resources/initiatives/protocol-alignment/",
        "/resources/highlights/desk/",
        "/resources/highlights/new/",
        "/resources/forums/",
        "/resources/forums/?level=state",
        "/resources/forums/new/",
    ],
    "specialist": [
        "/",
        "/requests/",
        "/training/outside/",
        "/training/outside/?view=reviewed",
    ],
    "author": ["/", "/training/evaluations/"],
    "trainer": ["/training/sessions/", "/training/sessions/new/"],
}
ADMIN = [
    "/cms/",
    "/cms/modules/",
    "/cms/guidance/",
    "/cms/snippets/resources/topic/",
    "/cms/snippets/resources/resourcecollection/",
    "/cms/snippets/people/helpline/",
    "/cms/snippets/assistance/typenote/",
    "/cms/snippets/training/video/",
    "/cms/snippets/training/glossaryterm/",
    "/cms/snippets/resources/service/",
    "/cms/snippets/resources/initiative/",
    "/cms/snippets/resources/officehour/",
    "/cms/snippets/resources/fact/",
]

HEAVY = ["/team/", "/requests/", "/reports/", "/resources/"]


@pytest.fixture
def demo_data(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "a word for the walk")
    demo.load(lambda line: None)


def look(page: Page, path: str, find_axe: FindAxe) -> list[str]:
    """Look at a page at 1280 and at 320 px; nothing may stand outside the window."""
    faults: list[str] = []
    answer = page.goto(path)
    if answer is None or answer.status != 200:
        return [f"{path}: no page"]
    if (size := len(answer.body())) > MOST_BYTES:
        faults.append(f"{path} has {size} bytes")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        needs = page.evaluate("document.documentElement.scrollWidth")
        if needs > width:
            faults.append(f"{path} needs {needs} px at {width}")
        faults += find_axe()
    return faults


def test_every_page_of_every_role_stands_the_walk(
    page: Page, demo_data: None, sign_in: SignIn, find_axe: FindAxe
) -> None:
    faults: list[str] = []
    for key, paths in WALKS.items():
        if key:
            sign_in(User.objects.get(email=f"{key}@{DOMAIN}"))
        others = [
            *guidance_of(key),
            *requests_of(key),
            *records_of(key),
            *people_of(key),
            *links_of(key),
            *sessions_of(key),
            *outside_of(key),
            *centers_of(key),
            *statewide_of(key),
            *frozen_of(key),
        ]
        for path in [*paths, *others]:
            faults += look(page, path, find_axe)
        if key == "manager":
            for path in HEAVY:
                faults += weigh(page, path)
    assert not faults, "\n".join(faults)


def weigh(page: Page, path: str) -> list[str]:
    """Say so where a first visit brings too much: files as packed as they are sent, pages plain."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(path, wait_until="networkidle")
    page.remove_listener("response", note)
    page_itself, *files = answers
    brought = {file.url: len(gzip.compress(file.body())) for file in files}
    brought[path] = len(page_itself.body())
    assert len(brought) > 5, brought
    return [f"{path} brings {brought}"] if sum(brought.values()) > MOST_AT_FIRST else []


def guidance_of(key: str) -> list[str]:
    """Who has read a piece of guidance, what readers said of a page, and a suggested edit."""
    if key not in {"manager", "essex"}:
        return []
    guidance = ResourcePage.objects.get(slug="holding-a-first-team-meeting").pk
    suggestion = PageSuggestion.objects.all()[0]
    pages = [f"/resources/usefulness/{suggestion.page_id}/", suggestion.get_absolute_url()]
    return [f"/resources/reading/{guidance}/", *(pages if key == "manager" else [])]


def people_of(key: str) -> list[str]:
    """The pages of one person, for those who answer for people."""
    pk = User.objects.get(email=f"advocate@{DOMAIN}").pk
    pages = {
        "essex": ["", "change/", "leave/"],
        "manager": ["", "roles/", "merge/"],
    }
    return [f"/team/people/{pk}/{page}" for page in pages.get(key, [])]


def sessions_of(key: str) -> list[str]:
    """A session to come, one to be settled and one that is credit, for who leads them."""
    coming, over = LiveSession.objects.upcoming()[0].pk, LiveSession.objects.past()
    settled = over.filter(settled_at__isnull=False)[0]
    if key == "advocate":
        return [f"/training/sessions/{settled.pk}/", f"/training/sessions/{settled.pk}/evaluation/"]
    if key != "trainer":
        return []
    waiting = over.filter(settled_at__isnull=True)[0].pk
    record = settled.attendances.current()[0].pk
    pages = [f"{coming}/", f"{coming}/edit/", f"{coming}/credit/", f"{coming}/code/", f"{waiting}/"]
    pages += [f"{waiting}/people/", f"{waiting}/meeting/", f"{settled.pk}/people/"]
    pages += [f"{settled.pk}/people/{record}/", f"{settled.pk}/results/", f"{settled.pk}/credit/"]
    return [f"/training/sessions/{page}" for page in pages]


def outside_of(key: str) -> list[str]:
    """Outside training: one accepted for its person, one to review, one that does not count."""
    rows = {row.state: row for row in OutsideTraining.objects.all()}
    at = f"/training/outside/{rows['sent'].pk}/review/"
    annul = f"/training/outside/{rows['accepted'].pk}/annul/"
    own = rows["accepted"].get_absolute_url()
    pages = {"advocate": [own, f"{own}redact/"], "specialist": [at], "manager": [annul]}
    return pages.get(key, [])


def centers_of(key: str) -> list[str]:
    """A talk that was corrected, and the forms of the protocol, for who keeps them."""
    if key != "essex":
        return []
    talk = OutreachTalk.objects.filter(corrects__isnull=False)[0]
    version = ProtocolVersion.objects.filter(center__slug="essex").newest_first()[0]
    talks = [f"/training/talks/{pk}/" for pk in (talk.pk, talk.corrects_id)]
    forms = [f"/team/centers/essex/protocol/{version.pk}/{name}/" for name in ("sign", "review")]
    return [*talks, f"/training/talks/{talk.pk}/correct/", *forms]


def links_of(key: str) -> list[str]:
    """The page behind the link of a mail, for whoever opens it without signing in."""
    if key:
        return []
    person = User.objects.get(email=f"advocate@{DOMAIN}")
    address = unsubscribing.address(person, ["training", "requests"])
    return [address.removeprefix(settings.BASE_URL)]


def statewide_of(key: str) -> list[str]:
    """One service, highlight and forum, with what may be done on them."""
    service = Service.objects.all()[0].get_absolute_url()
    read = [service, f"{service}wrong/", Highlight.objects.published()[0].get_absolute_url()]
    forum = f"/resources/forums/{Forum.objects.all()[0].pk}/change/"
    return {"advocate": read, "manager": [*read, f"{service}change/", forum]}.get(key, [])


def frozen_of(key: str) -> list[str]:
    """A report of a year that is over, frozen now, and one of a quarter with late corrections."""
    if key != "manager":
        return []
    by = User.objects.get(email=f"{key}@{DOMAIN}")
    quarter, year = (
        freezing.freeze(Period.parse(slug), "", by=by, key=uuid4(), note="For the funder")
        for slug in ("federal-2026-q4", "federal-2026")
    )
    Forum.objects.create(
        happened_on=date(2026, 8, 4),
        level="state",
        kind="testimony",
        title="A hearing",
        funding="voca",
        key=uuid4(),
        recorded_by=by,
    )
    return [f"/reports/frozen/{row.pk}/" for row in (quarter, year)]


def requests_of(key: str) -> list[str]:
    """One request in each state, for those who work on them."""
    if key not in {"manager", "specialist"}:
        return []
    tickets = Ticket.objects.submitted().visible_to(User.objects.get(email=f"{key}@{DOMAIN}"))
    newest = {ticket.state: ticket for ticket in tickets.order_by("pk")}
    in_work = [ticket for ticket in newest.values() if ticket.state == "in_progress"]
    splitting = [f"{ticket.get_absolute_url()}split/" for ticket in in_work]
    return [*(ticket.get_absolute_url() for ticket in newest.values()), *splitting]


def records_of(key: str) -> list[str]:
    """An open and an approved record with what is done on them, and a follow-up to answer."""
    if key == "manager":
        approved, open_ = (
            ActivityRecord.objects.filter(approved_at__isnull=is_open)[0].get_absolute_url()
            for is_open in (False, True)
        )
        passage = Passage.objects.all()[0].pk
        edit = f"/requests/passages/{passage}/"
        return [approved, f"{approved}correct/", open_, f"{open_}change/", edit]
    user = User.objects.get(email=f"{key}@{DOMAIN}") if key else None
    asked = FollowUp.objects.visible_to(user).filter(ticket__state="closed")
    own = asked.filter(ticket__requester=user) if user else FollowUp.objects.none()
    return [f"{found.ticket.get_absolute_url()}follow-up/" for found in own]


def test_our_part_of_the_admin_stands_the_walk(
    page: Page, demo_data: None, sign_in: SignIn, find_axe: FindAxe
) -> None:
    """Wagtail's own screens are Wagtail's; what we add to them is looked at here."""
    sign_in(User.objects.get(email=f"manager@{DOMAIN}"))
    faults: list[str] = []
    for path in ADMIN:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        faults += find_axe()
    assert not faults, "\n".join(faults)
