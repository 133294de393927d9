"""The library and its pages, who used them, the service directory, and what is done statewide."""

from resources.models.bookmark import Bookmark
from resources.models.choices import Kind, Language, MustRead, Sensitivity
from resources.models.collection import CollectionEntry, ResourceCollection
from resources.models.directory import Language as ServiceLanguage
from resources.models.directory import Service, ServiceCategory, ServiceNote
from resources.models.fact import Fact
from resources.models.file import ResourceFile
from resources.models.forum import Forum
from resources.models.highlight import Highlight
from resources.models.initiative import (
    Initiative,
    InitiativeDocument,
    InitiativeUpdate,
    Milestone,
)
from resources.models.office_hour import OfficeHour
from resources.models.page import LibraryPage, ResourcePage, ResourceTopic
from resources.models.published import PublishedVersion
from resources.models.reading import Acknowledgement, GuidanceVersion, ReadingReminder
from resources.models.suggestion import PageSuggestion
from resources.models.task import GuidanceReviewTask, PanelReviewState, PanelReviewTask
from resources.models.topic import Topic, TopicSynonym
from resources.models.use import ResourceUse
from resources.models.usefulness import UsefulnessAnswer, UsefulnessDone, UsefulnessHeld

__all__ = [
    "Acknowledgement",
    "Bookmark",
    "CollectionEntry",
    "Fact",
    "Forum",
    "GuidanceReviewTask",
    "GuidanceVersion",
    "Highlight",
    "Initiative",
    "InitiativeDocument",
    "InitiativeUpdate",
    "Kind",
    "Language",
    "LibraryPage",
    "Milestone",
    "MustRead",
    "OfficeHour",
    "PageSuggestion",
    "PanelReviewState",
    "PanelReviewTask",
    "PublishedVersion",
    "ReadingReminder",
    "ResourceCollection",
    "ResourceFile",
    "ResourcePage",
    "ResourceTopic",
    "ResourceUse",
    "Sensitivity",
    "Service",
    "ServiceCategory",
    "ServiceLanguage",
    "ServiceNote",
    "Topic",
    "TopicSynonym",
    "UsefulnessAnswer",
    "UsefulnessDone",
    "UsefulnessHeld",
]
