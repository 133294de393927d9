"""The library and its pages, who used them, and the service directory."""

from resources.models.directory import Service, ServiceCategory
from resources.models.page import Kind, LibraryPage, ResourcePage, ResourceTopic
from resources.models.task import GuidanceReviewTask
from resources.models.use import ResourceUse

__all__ = [
    "GuidanceReviewTask",
    "Kind",
    "LibraryPage",
    "ResourcePage",
    "ResourceTopic",
    "ResourceUse",
    "Service",
    "ServiceCategory",
]
