"""The parts of a pack as plain tables: the same cells for CSV and for the workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils.translation import gettext as _

from training.pack_content import SOURCES, Content, Training, total


@dataclass(frozen=True, slots=True)
class Table:
    """One part: `key` names its file, `title` its sheet. Minutes are whole, hours decimals."""

    key: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]


def of(content: Content) -> list[Table]:
    """Return every part, the cover first."""
    return [
        _cover(content),
        _roster(content),
        _hours(content),
        _topics(content),
        _demands(content),
        _competencies(content),
        _sheets(content),
    ]


def hours(minutes: int) -> Decimal:
    """Return minutes as hours of 60, cut (never rounded up) to two places."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_DOWN)


def source_words(source: str) -> str:
    return {"module": _("Module"), "live": _("Live session"), "outside": _("Outside training")}[
        source
    ]


def paper_words(training: Training) -> str:
    """Say which paper proves a training."""
    if training.source != "outside":
        return training.paper
    return _("Paper on file") if training.has_file else _("No file")


def yes(value: bool) -> str:
    return _("Yes") if value else _("No")


def proves() -> str:
    """Say what a pack is, and how its sums are made."""
    return _(
        "The portal proves hours. The authority decides which of them count. Annulled completions "
        "are left out, and what two accounts of one person hold twice counts once. Everything a "
        "person completed on these days is here, also while they belonged to another team. Hours "
        "are sums of minutes, 60 to the hour, cut to two places."
    )


def cover_lines(content: Content) -> list[tuple[str, Any]]:
    """Return the cover as pairs of words and value."""
    protocol = content.protocol
    lines: list[tuple[str, Any]] = [
        (_("Center"), content.center),
        (_("Counties"), ", ".join(content.counties)),
        (_("Coordinators today"), "; ".join(content.coordinators)),
        (_("From"), content.since),
        (_("Until"), content.until),
        (_("Made on"), content.made_at.date()),
        (_("Made by"), content.made_by),
        (_("People on the roster"), len(content.members)),
        (_("People with any training"), content.trained),
        (_("Trainings"), len(content.trainings)),
        (_("Minutes"), content.minutes),
        (_("Hours"), hours(content.minutes)),
        (_("Sessions with a sign-in sheet"), len(content.sheets)),
    ]
    if protocol is None:
        lines.append((_("Protocol"), _("None is recorded")))
    else:
        lines += [
            (_("Protocol, version"), protocol.version),
            (_("Protocol, adopted on"), protocol.adopted_on),
            (_("Protocol, review by"), protocol.review_by),
        ]
        signed = [f"{each.agency} ({each.signed_on.isoformat()})" for each in protocol.signatures]
        lines.append((_("Protocol, signed by"), "; ".join(signed) or _("Nobody yet")))
    lines.append((_("Requirements not verified by staff"), "; ".join(content.unverified)))
    lines.append((_("What this is"), proves()))
    return lines


def _cover(content: Content) -> Table:
    return Table("cover", _("Cover"), [_("What"), _("Value")], cover_lines(content))


def _roster(content: Content) -> Table:
    header = [
        _("Name"),
        _("Discipline"),
        _("Title"),
        _("Agency"),
        _("Member since"),
        _("Last day"),
        _("Has left"),
        *(_("%s, minutes") % source_words(source) for source in SOURCES),
        _("Minutes"),
        _("Hours"),
    ]
    rows = []
    for member in content.members:
        done = content.by_person[member.pk]
        rows.append(
            [
                member.name,
                member.discipline,
                member.title,
                member.agency,
                member.since,
                member.until,
                yes(member.has_left),
                *(total(done, source) for source in SOURCES),
                total(done),
                hours(total(done)),
            ]
        )
    return Table("roster", _("Roster"), header, rows)


def _hours(content: Content) -> Table:
    header = [
        _("Name"),
        _("Day"),
        _("Training"),
        _("Source"),
        _("Topics"),
        _("Minutes"),
        _("Certificate or paper"),
    ]
    rows = [
        [
            member.name,
            done.day,
            done.title,
            source_words(done.source),
            "; ".join(done.topics),
            done.minutes,
            paper_words(done),
        ]
        for member in content.members
        for done in content.by_person[member.pk]
    ]
    return Table("hours", _("Hours"), header, rows)


def topic_words(topic: str) -> str:
    return topic or _("No topic named")


def overlap() -> str:
    return _(
        "Minutes by topic. A training with several topics stands under each of them, so the "
        "columns overlap and do not add up; the total is the true total."
    )


def _topics(content: Content) -> Table:
    header = [_("Name"), _("Total minutes"), *(topic_words(topic) for topic in content.topics)]
    rows = []
    for member in content.members:
        minutes = content.minutes_by_topic(member.pk)
        cells = [minutes[topic] for topic in content.topics]
        rows.append([member.name, total(content.by_person[member.pk]), *cells])
    return Table("topics", _("Topics"), header, rows)


def _demands(content: Content) -> Table:
    header = [
        _("Name"),
        _("Requirement"),
        _("Standard"),
        _("Verified by staff"),
        _("Met"),
        _("Minutes there"),
        _("Minutes needed"),
        _("What is missing"),
    ]
    rows = [
        [
            content.names[each.person],
            each.rule,
            each.standard,
            yes(each.is_verified),
            yes(each.is_met),
            each.have,
            each.needed,
            "; ".join(each.missing),
        ]
        for each in content.demands
    ]
    return Table("requirements", _("Requirements"), header, rows)


def _competencies(content: Content) -> Table:
    header = [
        _("Name"),
        _("Competency"),
        _("Covered"),
        _("First covered by"),
        _("Day"),
        _("Trainings that cover it"),
        _("Competencies covered, of %s") % len(content.competencies),
    ]
    rows = []
    for member, covered in content.advocates():
        count = sum(each.training is not None for each in covered)
        for each in covered:
            first = each.training
            rows.append(
                [
                    member.name,
                    content.competencies[each.competency],
                    yes(first is not None),
                    first.title if first else "",
                    first.day if first else None,
                    each.times,
                    count,
                ]
            )
    return Table("competencies", _("Competencies"), header, rows)


def _sheets(content: Content) -> Table:
    header = [
        _("Session"),
        _("Day"),
        _("Start (Eastern time)"),
        _("Minutes of the session"),
        _("Minutes needed"),
        _("How it was held"),
        _("Trainer"),
        _("Settled"),
        _("Name"),
        _("Minutes there"),
        _("How it is known"),
        _("Long enough"),
    ]
    rows = [
        [
            sheet.title,
            sheet.starts_at.date(),
            f"{sheet.starts_at:%H:%M}",
            sheet.minutes,
            sheet.needed,
            sheet.mode,
            sheet.trainer,
            yes(sheet.is_settled),
            content.names[each.person],
            each.minutes,
            each.known,
            yes(each.is_enough),
        ]
        for sheet in content.sheets
        for each in sheet.people
    ]
    return Table("sign-in-sheets", _("Sign-in sheets"), header, rows)


def widths(table: Table, most: int = 60) -> Iterable[int]:
    """Return how wide each column of a sheet is, in characters."""
    for place, said in enumerate(table.header):
        cells = (len(str(row[place])) for row in table.rows[:200])
        yield min(max(len(said), *cells, 0) + 2, most)
