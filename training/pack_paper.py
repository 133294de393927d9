"""A pack as the PDF shows it: sections of tables, as plain values for `pack.typ`."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from training.certificates import contact_hours
from training.pack_content import SOURCES, Content, Sheet, Training, total
from training.pack_tables import (
    cover_lines,
    overlap,
    paper_words,
    source_words,
    topic_words,
    yes,
)

TOPICS_ABREAST = 20  # columns of topics that a landscape letter page has room for
Data = dict[str, Any]


def of(content: Content) -> Data:
    """Return what the paper says. Numbers and days are words already."""
    return {
        "title": _("Accreditation pack: %(center)s") % {"center": content.center},
        "provider": content.provider,
        "made_on": content.made_at.date().isoformat(),
        "range": _("%(since)s to %(until)s") % _range(content),
        "cover": [[key, _words(value)] for key, value in cover_lines(content)[3:]],
        "about": [[key, _words(value)] for key, value in cover_lines(content)[:3]],
        "sections": [section for section in _sections(content) if section["blocks"]],
    }


def _range(content: Content) -> dict[str, str]:
    return {"since": _words(content.since), "until": _words(content.until)}


def _words(value: Any) -> str:
    if value is None:
        return ""
    return date_format(value, "j M Y") if isinstance(value, date) else str(value)


def _said(minutes: int) -> str:
    return _("%(minutes)s min (%(hours)s h)") % {
        "minutes": minutes,
        "hours": contact_hours(minutes),
    }


def _table(
    header: Sequence[str], rows: list[list[Any]], *, shares: Sequence[int], **more: Any
) -> Data:
    """Return a block with a table. `shares` are those of the leading columns, which hold words, in
    the width that is left; 0 takes what it needs, as numbers do.
    """
    plain = [[_words(cell) for cell in row] for row in rows]
    said = {"heading": "", "note": "", **more}
    return {**said, "header": list(header), "shares": list(shares), "rows": plain}


def _section(title: str, note: str, blocks: list[Data], *, wide: bool = False) -> Data:
    return {"title": title, "note": note, "blocks": blocks, "wide": wide}


def _sections(content: Content) -> Iterator[Data]:
    yield _section(_("Roster"), _roster_note(), _roster(content), wide=True)
    yield _section(_("Hours of each person"), "", list(_hours(content)))
    yield _section(_("Topics"), overlap(), list(_topics(content)), wide=True)
    yield _section(_("Requirements"), _demands_note(content), _demands(content), wide=True)
    yield _section(_("Advocates"), _advocates_note(content), list(_advocates(content)))
    yield _section(
        _("Sign-in sheets"), _sheets_note(), [_sheet(content, x) for x in content.sheets]
    )


def _roster_note() -> str:
    return _("Everyone who was on the roster on any of these days; who left has a last day.")


def _roster(content: Content) -> list[Data]:
    header = [
        _("Name"),
        _("Discipline"),
        _("Title and agency"),
        _("Since"),
        _("Last day"),
        *(source_words(source) for source in SOURCES),
        _("Minutes"),
        _("Hours"),
    ]
    rows: list[list[Any]] = []
    for member in content.members:
        done = content.by_person[member.pk]
        place = ", ".join(filter(None, [member.title, member.agency]))
        sums = [total(done, source) for source in SOURCES]
        hours = contact_hours(total(done))
        spell = [member.since, member.until]
        rows.append([member.name, member.discipline, place, *spell, *sums, total(done), hours])
    if not rows:
        return []
    sums = [total(content.trainings, source) for source in SOURCES]
    all_hours = contact_hours(content.minutes)
    rows.append([_("All together"), "", "", "", "", *sums, content.minutes, all_hours])
    return [_table(header, rows, shares=[3, 3, 4, 0, 0], last_is_sum=True)]


def _hours(content: Content) -> Iterator[Data]:
    header = [_("Day"), _("Training"), _("Source"), _("Certificate or paper"), _("Minutes")]
    for member in content.members:
        done = content.by_person[member.pk]
        if done:
            heading = f"{member.name}: {_said(total(done))}"
            rows = [_hours_row(each) for each in done]
            yield _table(header, rows, shares=[0, 1, 0, 0], heading=heading)


def _hours_row(done: Training) -> list[Any]:
    title = f"{done.title} ({', '.join(done.topics)})" if done.topics else done.title
    return [done.day, title, source_words(done.source), paper_words(done), done.minutes]


def _topics(content: Content) -> Iterator[Data]:
    people = [member for member in content.members if content.by_person[member.pk]]
    starts = range(0, len(content.topics), TOPICS_ABREAST)
    parts = [content.topics[start : start + TOPICS_ABREAST] for start in starts]
    by_person = {member.pk: content.minutes_by_topic(member.pk) for member in people}
    for number, part in enumerate(parts, 1):
        header = [_("Name"), _("Total"), *(topic_words(topic) for topic in part)]
        rows = [
            [
                member.name,
                total(content.by_person[member.pk]),
                *(by_person[member.pk][topic] or "" for topic in part),
            ]
            for member in people
        ]
        many = {"n": number, "all": len(parts)}
        said = _("Part %(n)s of %(all)s") % many if len(parts) > 1 else ""
        yield _table(header, rows, shares=[1], heading=said, turned=True)


def _demands_note(content: Content) -> str:
    note = _("Where each person stands on %(day)s.") % {"day": _words(content.until)}
    if content.unverified:
        note += " " + _(
            "“Unverified” marks a requirement whose source nobody of the staff has confirmed yet."
        )
    return note


def _demands(content: Content) -> list[Data]:
    header = [
        _("Name"),
        _("Requirement"),
        _("Met"),
        _("What is missing"),
        _("Minutes there"),
        _("Minutes needed"),
    ]
    rows: list[list[Any]] = []
    for each in content.demands:
        rule = each.rule if each.is_verified else _("%(rule)s (unverified)") % {"rule": each.rule}
        missing, name = "; ".join(each.missing), content.names[each.person]
        rows.append([name, rule, yes(each.is_met), missing, each.have, each.needed])
    return [_table(header, rows, shares=[3, 5, 0, 6])] if rows else []


def _advocates_note(content: Content) -> str:
    return _(
        "The %(n)s competencies of victim advocates, by credit and by topic of what was completed "
        "until %(day)s; training before the first day of the range counts here, with its day."
    ) % {"n": len(content.competencies), "day": _words(content.until)}


def _advocates(content: Content) -> Iterator[Data]:
    header = [_("Competency"), _("First covered by"), _("Day"), _("Trainings")]
    for member, covered in content.advocates():
        count = sum(each.training is not None for each in covered)
        said = {"name": member.name, "n": count, "all": len(covered)}
        rows: list[list[Any]] = []
        for each in covered:
            first = each.training
            words = [first.title, first.day] if first else [_("Not covered yet"), ""]
            rows.append([content.competencies[each.competency], *words, each.times])
        heading = _("%(name)s: %(n)s of %(all)s") % said
        yield _table(header, rows, shares=[1, 1, 0], heading=heading)


def _sheets_note() -> str:
    return _("Who of this center's roster was there, for how long, and how that is known.")


def _sheet(content: Content, sheet: Sheet) -> Data:
    header = [_("Name"), _("How it is known"), _("Long enough"), _("Minutes")]
    rows: list[list[Any]] = [
        [content.names[each.person], each.known, yes(each.is_enough), each.minutes]
        for each in sheet.people
    ]
    facts = _(
        "%(start)s (Eastern time), %(minutes)s min, %(mode)s. Trainer: %(trainer)s. Counts from "
        "%(needed)s min on."
    ) % {
        "start": date_format(sheet.starts_at, "D j M Y, g:i A"),
        "minutes": sheet.minutes,
        "mode": sheet.mode,
        "trainer": sheet.trainer,
        "needed": sheet.needed,
    }
    if not sheet.is_settled:
        facts += " " + _("Its attendance is not settled yet.")
    return _table(header, rows, shares=[1, 1, 0], heading=sheet.title, note=facts)
