"""Reference data of people and places: facts of the state, the same in every installation.

Names, counties and districts: docs/glossary.md. Help lines are public; `verified_on` is the day
their source was last read, and staff must verify them again (a warning shows after 90 days).
"""

from datetime import date

from django.contrib.auth.models import Group
from django.utils.text import slugify

from portal.core import reference
from portal.people import group_rights
from portal.people.grants import GROUPS
from portal.people.models import Center, CenterCounty, County, Discipline, HelpLine, TownOverride

# slug, name, one of the seven of the national minimum team
DISCIPLINES = [
    ("law-enforcement-local", "Law enforcement, local", True),
    ("law-enforcement-state", "Law enforcement, State Police", True),
    ("law-enforcement-federal", "Law enforcement, federal", True),
    ("child-protection", "DCF and child protection", True),
    ("prosecution", "Prosecution", True),
    ("victim-witness-advocate", "Victim-witness advocate", True),
    ("cac-advocate", "CAC family or victim advocate", True),
    ("cac-staff", "CAC staff", True),
    ("forensic-interviewer", "Forensic interviewer", False),
    ("medical", "Medical", True),
    ("mental-health", "Mental health clinician", True),
    ("peer-support", "Peer support and mentoring", False),
    ("community-provider", "Community service provider", False),
    ("juvenile-court", "Juvenile probation and court", False),
    ("dys", "Department of Youth Services", False),
    ("defense", "Child's attorney", False),
    ("school", "School", False),
    ("state-agency", "Other state agency", False),
    ("congregate-care", "Congregate and foster care provider", False),
    ("other", "Researcher and other", False),
]

COUNTIES = [
    "Barnstable",
    "Berkshire",
    "Bristol",
    "Dukes",
    "Essex",
    "Franklin",
    "Hampden",
    "Hampshire",
    "Middlesex",
    "Nantucket",
    "Norfolk",
    "Plymouth",
    "Suffolk",
    "Worcester",
]

# Twelve centers cover fourteen counties: Dukes and Nantucket share Barnstable's.
CENTERS = {
    "capeislands": ("Cape and Islands center", ["Barnstable", "Dukes", "Nantucket"]),
    **{
        slugify(name): (f"{name} County center", [name])
        for name in COUNTIES
        if name not in {"Barnstable", "Dukes", "Nantucket"}
    },
}
SINCE = date(2018, 1, 1)  # the year the coordinators' posts began; earlier facts do not occur

# group, label, number, dial, text, hours, source
HELP_LINES = [
    ("child", "Emergency", "911", "911", "Immediate danger", "Always", ""),
    (
        "child",
        "DCF Child-at-Risk Hotline",
        "1-800-792-5200",
        "18007925200",
        "To report suspected abuse or neglect; area offices take calls on weekdays 9 to 5",
        "24 hours",
        "https://www.mass.gov/how-to/report-child-abuse-or-neglect",
    ),
    (
        "child",
        "National Human Trafficking Hotline",
        "1-888-373-7888",
        "18883737888",
        "Advice and referral; TRS 711",
        "24 hours",
        "https://humantraffickinghotline.org/",
    ),
    (
        "child",
        "NCMEC CyberTipline",
        "1-800-843-5678",
        "18008435678",
        "Reports of online exploitation; also at report.cybertip.org",
        "24 hours",
        "https://report.cybertip.org/",
    ),
    (
        "you",
        "988 Suicide and Crisis Lifeline",
        "988",
        "988",
        "Call or text; Spanish press 2; veterans press 1",
        "24 hours",
        "https://988lifeline.org/",
    ),
    (
        "you",
        "Massachusetts Behavioral Health Help Line",
        "833-773-2445",
        "18337732445",
        "Call or text",
        "24 hours",
        "https://www.masshelpline.com/",
    ),
    (
        "you",
        "Crisis Text Line",
        "741741",
        "",
        "Text HOME",
        "24 hours",
        "https://www.crisistextline.org/",
    ),
]

# What each Wagtail group may do everywhere; the apps declare what is theirs.
for _group in ("Program managers", "Authors", "Review panel"):
    group_rights.allow(_group, "wagtailadmin.access_admin", "people.view_helpline")
group_rights.allow(
    "Program managers", "people.add_helpline", "people.change_helpline", "people.delete_helpline"
)


@reference.loader(order=10)
def load_people() -> None:
    for order, (slug, name, is_core) in enumerate(DISCIPLINES):
        defaults = {"name": name, "is_core": is_core, "order": order}
        Discipline.objects.get_or_create(slug=slug, defaults=defaults)
    for name in COUNTIES:
        County.objects.get_or_create(slug=slugify(name), defaults={"name": name})
    if not Center.objects.exists():
        _load_centers()
    if not HelpLine.objects.exists():
        _load_help_lines()
    _load_groups()


def _load_centers() -> None:
    for slug, (name, counties) in CENTERS.items():
        center = Center.objects.create(slug=slug, name=name)
        for county in County.objects.filter(name__in=counties):
            CenterCounty.objects.create(center=center, county=county, starts_on=SINCE)
    TownOverride.objects.create(
        town="Athol",
        county=County.objects.get(slug="worcester"),
        center=Center.objects.get(slug="franklin"),
        starts_on=SINCE,
    )


def _load_help_lines() -> None:
    for order, (group, label, number, dial, text, hours, source) in enumerate(HELP_LINES):
        HelpLine.objects.create(
            group=group,
            label=label,
            number=number,
            dial=dial,
            text=text,
            hours=hours,
            source_url=source,
            order=order,
            verified_on=date(2026, 11, 1),
        )


def _load_groups() -> None:
    for name in sorted(set(GROUPS.values())):
        Group.objects.get_or_create(name=name)
