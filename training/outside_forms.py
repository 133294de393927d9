"""The forms of outside training: handing it in, and its review."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.documents import Inspected, Kind
from portal.core.privacy.file_forms import AGAIN, FileForm
from portal.core.privacy.findings import BLOCK
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.core.redaction import showing
from portal.people.models import User
from training import outside, topics
from training.models import OutsideTraining, RequirementRule
from training.models.outside import LONGEST
from training.outside import Corrected, Counts, Facts

KINDS = frozenset({Kind.PDF, Kind.DOCX, Kind.PNG, Kind.JPEG})
ACCEPTED = ".pdf,.docx,.png,.jpg,.jpeg"
SOURCES = frozenset({"module", "live", "outside"})  # of a share clause; no category of credit
PART = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Topic:
    """One box of the topics."""

    id: str
    value: str
    label: str
    is_chosen: bool


class FactsForm(ScreenedForm):
    """What the paper says: also what a reviewer may correct."""

    title = ScreenedCharField(
        label=_("What it was called"),
        max_length=160,
        error_messages={"required": _("Enter what it was called")},
    )
    completed_on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("The day it ended, as the paper says."),
        error_messages={"required": _("Enter the day"), "invalid": _("Enter a day")},
    )
    hours = forms.IntegerField(
        label=_("Hours"), min_value=0, max_value=LONGEST // 60, required=False
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=LONGEST, required=False)
    topics = forms.MultipleChoiceField(
        label=_("What it was about"),
        choices=topics.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic, the nearest")},
    )

    def clean_completed_on(self) -> date:
        day: date = self.cleaned_data["completed_on"]
        if day < outside.FIRST_DAY:
            raise ValidationError(_("This year cannot be right. Please check it."))
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come. Add it once it is over."))
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not {"hours", "minutes"} & set(self.errors):
            total = 60 * (values.get("hours") or 0) + (values.get("minutes") or 0)
            if not 1 <= total <= LONGEST:
                words = _("Enter how long it was, as the paper says: 200 hours at most.")
                self.add_error("hours" if "hours" in self.fields else None, words)
            values["total"] = total
        return values

    @property
    def topic_groups(self) -> Iterator[tuple[str, list[Topic]]]:
        """The boxes in their two groups."""
        bound: Any = self["topics"]
        chosen = {str(value) for value in bound.value() or ()}
        for label, choices in topics.choices():
            yield (
                label,
                [Topic(f"{bound.auto_id}_{slug}", slug, words, slug in chosen)
                 for slug, words in choices],
            )  # fmt: skip


class OutsideForm(FileForm, FactsForm):
    """Training from elsewhere with its paper; `row` is what was returned and is sent once more."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    provider = ScreenedCharField(
        label=_("Who gave it"),
        max_length=160,
        help_text=_("The organization, as the paper names it."),
        error_messages={"required": _("Enter who gave it")},
    )
    way = forms.ChoiceField(
        label=_("How it was given"),
        choices=OutsideTraining.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was given")},
    )
    field_order = (
        "title",
        "provider",
        "completed_on",
        "hours",
        "minutes",
        "way",
        "topics",
        "file",
        "have_read",
    )

    def __init__(
        self, data: Any = None, *, user: User, row: OutsideTraining | None = None, **more: Any
    ) -> None:
        super().__init__(data, initial=_initial(row), **more)
        self.row = row
        names = f"{user.first_name} {user.last_name} {user.chosen_name}"
        self.own = frozenset(PART.findall(names.lower()))
        self._word_file()

    def _word_file(self) -> None:
        fields: dict[str, Any] = self.fields
        file, read = fields["file"], fields["have_read"]
        has_paper = self.row is not None and bool(self.row.file)
        file.required = not has_paper
        file.label = _("Another paper") if has_paper else _("The paper that proves it")
        file.help_text = _(
            "A certificate or a letter: PDF, Word, PNG or JPEG, up to 10 MB. Its text is read "
            "before it is stored; your own name may stand in it."
        )
        file.widget.attrs["accept"] = ACCEPTED
        read.label = _(
            "I have looked at every page and picture of it: it carries my name, and nothing about "
            "a child, a family or a case"
        )
        read.help_text = ""

    def looked_at(self, inspected: Inspected) -> Inspected:
        """The person's own name, or a part of it, is what a certificate carries."""
        if inspected.kind not in KINDS:
            raise ValidationError(_("Choose a PDF, a Word document (DOCX), a PNG or a JPEG."))
        found = tuple(each for each in inspected.found if not self._is_own(each.tier, each.said))
        return replace(inspected, found=found)

    def _is_own(self, tier: str, said: str) -> bool:
        parts = [part for part in PART.findall(said.lower()) if len(part) > 1]
        return tier != BLOCK and bool(parts) and set(parts) <= self.own

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        has_read = values.get("have_read") or "have_read" in self.errors
        if self.files.get(self.add_prefix("file")) and not has_read:
            self.add_error("have_read", _("Look at the paper, and say so here."))
            self.upload = None
            if "file" not in self.errors:
                self.add_error("file", AGAIN)
        return values

    @property
    def facts(self) -> Facts:
        said = self.cleaned_data
        names = ("title", "provider", "completed_on", "way", "topics")
        return Facts(minutes=said["total"], **{name: said[name] for name in names})

    def again(self, row: OutsideTraining) -> None:
        """Show what was typed with the version as it is now, so that sending again is enough."""
        self.say_again()
        self.data = _with_version(self, row)


def _with_version(form: forms.Form, row: OutsideTraining) -> QueryDict:
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("version")] = str(row.version)
    return data


def _initial(row: OutsideTraining | None) -> dict[str, Any]:
    if row is None:
        return {"key": uuid4()}
    names = ("version", "completed_on", "way", "topics")
    texts = {name: showing.without_hidden(row, name) for name in ("title", "provider")}
    rest = {name: getattr(row, name) for name in names}
    return {"key": uuid4(), **_time(row), **texts, **rest}


def _time(row: OutsideTraining) -> dict[str, int]:
    hours, minutes = row.time
    return {"hours": hours, "minutes": minutes}


@dataclass(frozen=True, slots=True)
class RuleFields:
    """One requirement on the page of a review, with its fields."""

    rule: RequirementRule
    counts: Any
    minutes: Any
    category: Any
    approval: Any


class AcceptForm(FactsForm):
    """What the paper says, corrected where needed, and what it counts for."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        row: OutsideTraining,
        rules: Sequence[RequirementRule],
        licences: Sequence[RequirementRule],
    ) -> None:
        names = ("version", "completed_on", "topics")
        initial = {**_time(row), **{name: getattr(row, name) for name in names}}
        initial["title"] = showing.without_hidden(row, "title")
        super().__init__(data, initial=initial)
        self.row, self.rules, self.licences = row, rules, licences
        for rule in (*rules, *licences):
            self._add(rule)
        for name, field in self._screened():
            field.name = self.add_prefix(name)
            field.settled = self._settled(field.name)

    def _add(self, rule: RequirementRule) -> None:
        is_usual = rule.counts_every_module and not rule.needs_approved_curriculum
        self.fields[f"counts_{rule.pk}"] = forms.BooleanField(
            label=_("It counts"), required=False, initial=is_usual and not rule.is_licence
        )
        self.fields[f"minutes_{rule.pk}"] = forms.IntegerField(
            label=_("Minutes that count"),
            help_text=_("Empty: all of them"),
            required=False,
            min_value=1,
            max_value=LONGEST,
        )
        if choices := _categories(rule):
            self.fields[f"category_{rule.pk}"] = forms.ChoiceField(
                label=_("Category"),
                required=False,
                choices=[("", _("None in particular")), *choices],
                initial=topics.category(self.row.topics, rule),
            )
        self.fields[f"approval_{rule.pk}"] = ScreenedCharField(
            label=_("Approval number"),
            help_text=_("Of the authority, where the paper says one"),
            required=False,
            max_length=60,
        )

    def clean(self) -> dict[str, Any]:
        """What stands beside a requirement that is not ticked does not matter."""
        values = super().clean()
        for rule in (*self.rules, *self.licences):
            if not values.get(f"counts_{rule.pk}"):
                for part in ("minutes", "category", "approval"):
                    self.errors.pop(f"{part}_{rule.pk}", None)
            elif (values.get(f"minutes_{rule.pk}") or 0) > values.get("total", LONGEST):
                words = _("%(rule)s: no more can count than it lasted.") % {"rule": rule.name}
                self.add_error(f"minutes_{rule.pk}", words)
        return values

    @property
    def corrected(self) -> Corrected:
        said = self.cleaned_data
        names = ("title", "completed_on", "topics")
        return Corrected(minutes=said["total"], **{name: said[name] for name in names})

    @property
    def counts(self) -> list[Counts]:
        said = self.cleaned_data
        return [
            Counts(
                rule,
                said.get(f"minutes_{rule.pk}"),
                said.get(f"category_{rule.pk}", ""),
                said.get(f"approval_{rule.pk}", ""),
            )
            for rule in (*self.rules, *self.licences)
            if said.get(f"counts_{rule.pk}")
        ]

    @property
    def of_rules(self) -> list[RuleFields]:
        return [self._fields_of(rule) for rule in self.rules]

    @property
    def of_licences(self) -> list[RuleFields]:
        return [self._fields_of(rule) for rule in self.licences]

    @property
    def names_licence(self) -> bool:
        """Say whether a licence is ticked, so that its part stands open."""
        return any(self[f"counts_{rule.pk}"].value() for rule in self.licences)

    def _fields_of(self, rule: RequirementRule) -> RuleFields:
        category = f"category_{rule.pk}"
        return RuleFields(
            rule,
            self[f"counts_{rule.pk}"],
            self[f"minutes_{rule.pk}"],
            self[category] if category in self.fields else None,
            self[f"approval_{rule.pk}"],
        )

    def again(self, row: OutsideTraining) -> None:
        self.data = _with_version(self, row)


def _categories(rule: RequirementRule) -> list[tuple[str, str]]:
    """Return the categories that the rule's clauses ask about, each once."""
    found = {clause.category: clause.label for clause in rule.clauses.all() if clause.category}
    return [(slug, label) for slug, label in found.items() if slug not in SOURCES]


class ReturnForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Why it goes back"),
        choices=OutsideTraining.Return.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it goes back")},
    )

    prefix = "back"


def changed(form: OutsideForm, row: OutsideTraining) -> list[tuple[str, str, str]]:
    """Return what differs between what was typed and the row: label, as it stands, as typed."""
    said, words = form.facts, topics.label
    pairs = [
        ("title", row.title, said.title),
        ("provider", row.provider, said.provider),
        ("completed_on", row.completed_on.isoformat(), said.completed_on.isoformat()),
        ("minutes", str(row.minutes), str(said.minutes)),
        ("way", row.get_way_display(), str(dict(OutsideTraining.Way.choices)[said.way])),
        ("topics", ", ".join(map(words, row.topics)), ", ".join(map(words, said.topics))),
    ]
    labels = {**{name: str(form.fields[name].label) for name, *_rest in pairs}}
    labels["minutes"] = now("Minutes in all")
    return [(labels[name], there, typed) for name, there, typed in pairs if there != typed]
