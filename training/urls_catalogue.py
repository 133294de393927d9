from django.urls import path

from training import catalogue
from training.views import corrections

urlpatterns = [
    path("training/", catalogue.index, name="catalogue"),
    path("training/corrections/", corrections.index, name="corrections"),
    path("training/corrections/new/<int:pk>/", corrections.make, name="correct"),
    path("training/corrections/<int:pk>/", corrections.review, name="correction_review"),
    path("training/pathways/<slug:slug>/", catalogue.pathway, name="pathway"),
]
