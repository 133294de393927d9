"""The library and its pages, who used them, and the service directory."""

from resources.models.directory import Service, ServiceCategory
from resources.models.page import Kind, LibraryPage, ResourcePage, ResourceTopic
from resources.models.use import ResourceUse

__all__ = [
    "Kind",
    "LibraryPage",
    "ResourcePage",
    "ResourceTopic",
    "ResourceUse",
    "Service",
    "ServiceCategory",
]
