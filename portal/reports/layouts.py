"""Templates of reports: for whom each is, which periods it fits, and its parts in order.

A part is a text block, which the manager may write anew, or figures by name: a measure's key and a
column's. Nothing here counts; `portal.reports.filling` fills a template from what may be released.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from portal.core.funding import Funding
from portal.reports.periods import NAMES, Period
from portal.reports.tables import Words

COUNTY, CENTER = "county", "center"
YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class Text:
    """A text block; `words` are ours, until the manager writes others. A blank line parts them.

    One of which we can know nothing has no words, only a hint; empty, it is left out.
    """

    key: str
    heading: Words
    words: Words = ""
    hint: Words = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures as a whole, each beside the one of the period before: (measure, column)."""

    key: str
    heading: Words
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ByCut:
    """A measure by one cut; no columns are all of them."""

    key: str
    heading: Words
    measure: str
    cut: str
    columns: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class OfPlace:
    """Figures of the place that the report is about, or of the centers of its county."""

    key: str
    heading: Words
    cut: str
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Listed:
    """What is no figure of a measure: requirements of a roster, highlights, facts."""

    key: str
    heading: Words
    what: str


Part = Text | Figures | ByCut | OfPlace | Listed


@dataclass(frozen=True, slots=True)
class Layout:
    """One template. `bases` are the years it fits, the usual one first."""

    key: str
    title: Words
    audience: Words
    purpose: Words
    bases: Sequence[str]
    parts: Sequence[Part]
    has_quarters: bool = False
    place: str = ""
    funding: str = ""  # whose money it is about, unless somebody chooses another
    has_definitions: bool = True

    @property
    def texts(self) -> list[Text]:
        return [part for part in self.parts if isinstance(part, Text)]

    @property
    def fits(self) -> str:
        """Return the periods it fits, in words."""
        return ", ".join(NAMES[basis] for basis in self.bases)

    def periods(self, today: date) -> list[tuple[str, list[Period]]]:
        """Return the periods to choose from, by basis, the latest first: those that are over."""
        return [(NAMES[basis], self._over(basis, today)) for basis in self.bases]

    def _over(self, basis: str, today: date) -> list[Period]:
        this = Period.of(basis, today)
        years = [Period(basis, this.year - back) for back in range(YEARS_BACK + 1)]
        found = [
            period
            for year in years
            for period in (year, *(reversed(list(year.quarters())) if self.has_quarters else ()))
        ]
        return [period for period in found if period.last_day < today]


TRAINED = (
    ("trainings", "trainings"),
    ("attendances", "attendances"),
    ("people", "people"),
    ("minutes", "minutes"),
)
REACHED = (("outreach", "talks"), ("outreach", "heads"), ("outreach", "minutes"))
HELPED = (
    ("requests", "received"),
    ("requests", "resolved"),
    ("effort", "staff"),
    ("effort", "contact"),
)
HOW_FAST = (("speed", "reply_median"), ("speed", "answer_median"))
LEARNED = (("knowledge", "people"), ("knowledge", "before"), ("knowledge", "after"))
MADE = (("materials", "developed"), ("materials", "revised"), ("forums", "forums"))
SPREAD = (("coverage", "covered"), ("coverage", "counties"), ("pathway", "share"))
AT_PLACE = (*TRAINED, *REACHED, ("requests", "received"), ("requests", "resolved"))

ABOUT = Text(
    "about",
    _("About the program"),
    _(
        "The program trains the teams that respond when a child is sexually exploited for "
        "commercial gain, answers their questions, and keeps the guidance they work with. It "
        "serves professionals. It keeps no data about children or cases."
    ),
)

VOCA = Layout(
    "voca",
    _("VOCA annual narrative section"),
    _("For the office that administers the Victims of Crime Act award"),
    _(
        "The figures of a federal fiscal year in the order of the narrative, with text blocks to "
        "write between them."
    ),
    ("federal",),
    (
        ABOUT,
        Figures("training", _("Training of professionals"), TRAINED),
        ByCut("disciplines", _("Trained, by discipline"), "attendances", "discipline"),
        Text(
            "training_text",
            _("What the training did"),
            _("Training was given as modules taken at one's own pace and as live sessions. The "
              "tables show who took part and what was learned."),
        ),
        Figures("learned", _("What people learned"), LEARNED),
        Figures("outreach", _("Public awareness and outreach"), REACHED),
        Figures("help", _("Technical assistance"), HELPED),
        Text(
            "help_text",
            _("What was asked for, and what helped"),
            _("Coordinators ask the program for advice, reviews, training and material. What was "
              "asked and the time it took are recorded in the portal."),
        ),
        Text(
            "plans",
            _("Challenges and plans"),
            hint=_("What stood in the way in this year, and what is planned for the next"),
        ),
    ),
    funding=Funding.VOCA,
)  # fmt: skip

CJA = Layout(
    "cja",
    _("CJA performance report"),
    _("For the Children's Justice Act task force and the office that administers the grant"),
    _(
        "What a federal fiscal year brought to training, material and the work of the teams, "
        "measure by measure."
    ),
    ("federal",),
    (
        Text(
            "aim",
            _("Aim of the activities"),
            _("The activities are meant to help teams to respond well together to the commercial "
              "sexual exploitation of children."),
        ),
        Figures("training", _("Training of professionals"), TRAINED),
        ByCut("disciplines", _("People trained, by discipline"), "people", "discipline"),
        ByCut("ways", _("Trainings, by kind"), "trainings", "way"),
        Figures("learned", _("What people learned"), LEARNED),
        Figures("products", _("Material and forums"), MADE),
        ByCut("material", _("Material, by kind"), "materials", "kind"),
        Text(
            "results",
            _("What changed"),
            hint=_("What teams or the state do better now, without telling of any one case"),
        ),
    ),
    funding=Funding.CJA,
)  # fmt: skip

ANNUAL = Layout(
    "annual",
    _("Figures of the annual report"),
    _("For the annual report of the organization, and for whoever asks how the year went"),
    _("The year in figures, beside the year before: training, outreach, help, material."),
    ("ma", "calendar"),
    (
        ABOUT,
        Figures("training", _("Training"), TRAINED),
        ByCut("disciplines", _("People trained, by discipline"), "people", "discipline"),
        ByCut("counties", _("People trained, by county"), "people", "county"),
        Figures("outreach", _("Outreach"), REACHED),
        ByCut("audiences", _("Outreach, by audience"), "outreach", "audience"),
        Figures("help", _("Technical assistance"), (*HELPED, *HOW_FAST)),
        Figures("products", _("Material, forums and coverage"), (*MADE, *SPREAD)),
        Text(
            "thanks",
            _("Thanks"),
            _("This work is done by the teams of the centers and their coordinators. Thank you."),
        ),
    ),
)

BOARD = Layout(
    "board",
    _("Board one-pager"),
    _("For members of the board, who have five minutes"),
    _("A dozen figures of a year or a quarter on one page, with two short texts."),
    ("ma", "federal", "calendar"),
    (
        Text(
            "summary",
            _("In short"),
            _("These are the main figures of the period, beside those of the period before it."),
        ),
        Figures(
            "figures",
            _("The figures"),
            (
                ("trainings", "trainings"),
                ("people", "people"),
                ("minutes", "minutes"),
                ("outreach", "heads"),
                ("requests", "received"),
                ("requests", "resolved"),
                ("speed", "answer_median"),
                ("materials", "developed"),
                ("readers", "people"),
                ("pathway", "share"),
                ("coverage", "covered"),
            ),
        ),
        Text(
            "next",
            _("What comes next"),
            hint=_("The two or three things that the board should know or decide"),
        ),
    ),
    has_quarters=True,
    has_definitions=False,  # it is one page
)  # fmt: skip

COUNTY_BRIEF = Layout(
    "county",
    _("County brief"),
    _("For partners in one county"),
    _("What was done in one county and by the centers that serve it."),
    ("ma", "federal", "calendar"),
    (
        Text(
            "about",
            _("About this brief"),
            _("It shows what the program and the center's team did for this county. Where one "
              "center serves several counties, they are counted together and named together."),
        ),
        OfPlace("county", _("In the county"), COUNTY, AT_PLACE),
        OfPlace("centers", _("Centers that serve it"), CENTER,
                (*AT_PLACE, ("pathway", "people"), ("pathway", "met"))),
        Text(
            "contact",
            _("Working together"),
            _("The center's coordinator is the first to ask. Questions about this brief go to the "
              "program manager."),
        ),
    ),
    has_quarters=True,
    place=COUNTY,
)  # fmt: skip

SCORECARD = Layout(
    "center",
    _("Center scorecard"),
    _("For a center's director and coordinator"),
    _("One center's training, outreach and requests, and how its roster stands. No names."),
    ("ma", "federal", "calendar"),
    (
        OfPlace("center", _("The center's figures"), CENTER,
                (*AT_PLACE, ("pathway", "people"), ("pathway", "met"), ("pathway", "share"))),
        Listed("roster", _("The roster under each requirement"), "roster"),
        Text(
            "read",
            _("How to read this"),
            _("The scorecard helps a center to see where it stands and what to plan next. It "
              "compares nobody and ranks no center."),
        ),
    ),
    has_quarters=True,
    place=CENTER,
)  # fmt: skip

ADVOCACY = Layout(
    "advocacy",
    _("Advocacy brief"),
    _("For legislators, task forces and partners who decide about means"),
    _(
        "What teams ask for by county and by type, what went well, and facts with their sources. "
        "By county and type it shows a federal fiscal year that was frozen."
    ),
    ("federal", "ma", "calendar"),
    (
        Text(
            "case",
            _("Why it matters"),
            _("What teams ask for shows where training, time and people are lacking. No figure "
              "here is about a child or a case."),
        ),
        Figures("needs", _("What teams asked for"), HELPED[:2]),
        ByCut("counties", _("Requests, by county"), "requests", "county"),
        ByCut("types", _("Requests, by type"), "requests", "type"),
        Figures("reach", _("What was done"), (*TRAINED, ("outreach", "heads"))),
        Listed("highlights", _("What went well"), "highlights"),
        Listed("facts", _("Facts and figures"), "facts"),
        Text(
            "ask",
            _("What would help"),
            hint=_("What you ask the reader for"),
        ),
    ),
)  # fmt: skip

LAYOUTS = {each.key: each for each in (VOCA, CJA, ANNUAL, BOARD, COUNTY_BRIEF, SCORECARD, ADVOCACY)}
RANGE = "range"  # a report of any days, which is no template
RANGE_TITLE = _("Range of days")


def title_of(key: str) -> Words:
    """Return the title of a template, or that of a range of days."""
    return LAYOUTS[key].title if key in LAYOUTS else RANGE_TITLE
