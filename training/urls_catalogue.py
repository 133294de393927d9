from django.urls import path

from training import catalogue
from training.views import corrections, outcomes

urlpatterns = [
    path("training/", catalogue.index, name="catalogue"),
    path("training/corrections/", corrections.index, name="corrections"),
    path("training/corrections/new/<int:pk>/", corrections.make, name="correct"),
    path("training/corrections/<int:pk>/", corrections.review, name="correction_review"),
    path("training/outcomes/", outcomes.index, name="outcomes"),
    path("training/outcomes/<slug:slug>/", outcomes.module, name="outcome"),
    path("training/pathways/<slug:slug>/", catalogue.pathway, name="pathway"),
]
