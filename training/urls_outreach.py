"""Talks to people without accounts; ahead of /training/<slug>/, since `talks` is no module."""

from django.urls import path

from training.views import talks

urlpatterns = [
    path("training/talks/", talks.index, name="talks"),
    path("training/talks/new/", talks.new, name="talk_new"),
    path("training/talks/talks.csv", talks.download, name="talks_csv"),
    path("training/talks/<int:pk>/", talks.detail, name="talk"),
    path("training/talks/<int:pk>/correct/", talks.correct, name="talk_correct"),
    path("training/talks/<int:pk>/take-back/", talks.take_back, name="talk_take_back"),
]
