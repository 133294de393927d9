"""The sixteen measures of the program, in the order in which they are reported."""

from portal.reports.measures.assistance import AssistanceHours, OpenRequests, Requests, Speed
from portal.reports.measures.base import TOTAL, Adding, Cell, Measure, Window
from portal.reports.measures.learning import KnowledgeChange, PathwayCoverage, Satisfaction
from portal.reports.measures.library import Materials, ResourceUsers
from portal.reports.measures.statewide import CountyCoverage, Forums, Initiatives
from portal.reports.measures.training import (
    Attendances,
    OutreachReach,
    PeopleTrained,
    TrainingHours,
    TrainingsDelivered,
)

MEASURES: tuple[Measure, ...] = (
    TrainingsDelivered(),
    Attendances(),
    PeopleTrained(),
    OutreachReach(),
    TrainingHours(),
    KnowledgeChange(),
    Satisfaction(),
    PathwayCoverage(),
    Requests(),
    OpenRequests(),
    AssistanceHours(),
    Speed(),
    Materials(),
    ResourceUsers(),
    Forums(),
    Initiatives(),
    CountyCoverage(),
)
BY_KEY = {measure.key: measure for measure in MEASURES}

__all__ = ["BY_KEY", "MEASURES", "TOTAL", "Adding", "Cell", "Measure", "Window"]
