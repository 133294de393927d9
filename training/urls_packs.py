"""Accreditation packs: the list with its form, one pack, its files."""

from django.urls import path

from training.views import packs

urlpatterns = [
    path("team/packs/", packs.index, name="packs"),
    path("team/packs/<uuid:pk>/", packs.detail, name="pack"),
    path("team/packs/<uuid:pk>/pack.<slug:ending>", packs.fetch, name="pack_file"),
]
