"""Live sessions; ahead of /training/<slug>/, since `sessions` is no module."""

from django.urls import path

from training.views import sessions

urlpatterns = [
    path("training/sessions/", sessions.index, name="sessions"),
    path("training/sessions/new/", sessions.new, name="session_new"),
    path("training/sessions/<int:pk>/", sessions.detail, name="session"),
    path("training/sessions/<int:pk>/calendar.ics", sessions.calendar, name="session_calendar"),
    path("training/sessions/<int:pk>/edit/", sessions.edit, name="session_edit"),
]
