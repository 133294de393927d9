"""Live sessions; ahead of /training/<slug>/, since `sessions` is no module."""

from django.urls import path

from training.views import attendance, meeting, session_evaluation, sessions

urlpatterns = [
    path("training/sessions/", sessions.index, name="sessions"),
    path("training/sessions/new/", sessions.new, name="session_new"),
    path("training/sessions/<int:pk>/", sessions.detail, name="session"),
    path("training/sessions/<int:pk>/calendar.ics", sessions.calendar, name="session_calendar"),
    path("training/sessions/<int:pk>/edit/", sessions.edit, name="session_edit"),
    path("training/sessions/<int:pk>/credit/", attendance.credit, name="session_credit"),
    path("training/sessions/<int:pk>/code/", attendance.code, name="session_code"),
    path("training/sessions/<int:pk>/people/", attendance.people, name="session_people"),
    path("training/sessions/<int:pk>/people/add/", attendance.walk_in, name="session_walk_in"),
    path(
        "training/sessions/<int:pk>/people/<int:record>/",
        attendance.correct,
        name="session_correct",
    ),
    path("training/sessions/<int:pk>/settle/", attendance.settle, name="session_settle"),
    path("training/sessions/<int:pk>/meeting/", meeting.read, name="session_meeting"),
    path(
        "training/sessions/<int:pk>/evaluation/",
        session_evaluation.evaluate,
        name="session_evaluation",
    ),
    path("training/sessions/<int:pk>/results/", session_evaluation.results, name="session_results"),
]
