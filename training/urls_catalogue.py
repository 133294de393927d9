from django.urls import path

from training import catalogue

urlpatterns = [
    path("training/", catalogue.index, name="catalogue"),
    path("training/pathways/<slug:slug>/", catalogue.pathway, name="pathway"),
]
