from django.urls import path

from training import catalogue
from training.views import corrections, evaluation, materials, outcomes, suggestions

urlpatterns = [
    path("training/", catalogue.index, name="catalogue"),
    path("training/glossary/", materials.glossary, name="glossary"),
    path("training/videos/<int:pk>/<str:name>", materials.video, name="video_file"),
    path("training/corrections/", corrections.index, name="corrections"),
    path("training/corrections/new/<int:pk>/", corrections.make, name="correct"),
    path("training/corrections/<int:pk>/", corrections.review, name="correction_review"),
    path("training/outcomes/", outcomes.index, name="outcomes"),
    path("training/outcomes/<slug:slug>/", outcomes.module, name="outcome"),
    path("training/evaluations/", evaluation.index, name="evaluations"),
    path("training/evaluations/<slug:slug>/", evaluation.results, name="evaluation_results"),
    path("training/suggestions/", suggestions.index, name="suggestions"),
    path("training/suggestions/<int:pk>/", suggestions.detail, name="suggestion"),
    path("training/pathways/<slug:slug>/", catalogue.pathway, name="pathway"),
]
