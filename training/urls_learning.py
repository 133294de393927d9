"""What a learner does, and the team page. The catalogue's addresses stand in urls_catalogue."""

from django.urls import path

from training.views import (
    assignments,
    evaluation,
    learning,
    needs,
    quiz,
    record,
    suggestions,
    team,
    team_certificates,
    updates,
)

PAPER = "training/certificates/<str:code>"

urlpatterns = [
    path("training/certificates/<str:code>.pdf", record.certificate_pdf, name="certificate_pdf"),
    path("training/certificates/<str:code>/", record.certificate, name="certificate"),
    path(
        "training/certificates/<str:code>/again/",
        record.certificate_again,
        name="certificate_again",
    ),
    path(
        "training/certificates/<str:code>/annul/",
        record.certificate_annul,
        name="certificate_annul",
    ),
    path("training/<slug:slug>/", learning.module, name="module"),
    path("training/<slug:slug>/<int:number>/", learning.lesson, name="lesson"),
    path("training/<slug:slug>/quiz/", quiz.quiz, name="quiz"),
    path("training/<slug:slug>/before/", quiz.before, name="before"),
    path("training/<slug:slug>/later/", quiz.later, name="later"),
    path("training/<slug:slug>/later/decline/", quiz.decline, name="later_decline"),
    path("training/<slug:slug>/again/", quiz.again, name="again"),
    path("training/<slug:slug>/done/", quiz.done, name="module_done"),
    path("training/<slug:slug>/evaluation/", evaluation.evaluate, name="module_evaluation"),
    path("training/<slug:slug>/changes/", updates.changes, name="module_changes"),
    path("training/<slug:slug>/suggest/", suggestions.suggest, name="suggest_edit"),
    path("verify/<str:code>/", record.verify, name="verify"),
    path("me/transcript/", record.my_transcript, name="transcript"),
    path("me/transcript.csv", record.my_transcript_csv, name="transcript_csv"),
    path("me/transcript.pdf", record.my_transcript_pdf, name="transcript_pdf"),
    path("me/needs/", needs.own, name="needs"),
    path("me/needs/reminders/", needs.reminders, name="nudge_wish"),
    path("me/needs/<slug:slug>/", needs.end_licence, name="licence_end"),
    path("team/people/<int:pk>/needs/", needs.of_person, name="person_needs"),
    path("team/people/<int:pk>/nudge/", needs.nudge, name="nudge"),
    path("team/", team.index, name="team"),
    path("team/requirements/", team.requirements, name="team_requirements"),
    path("team/assignments/", assignments.index, name="assignments"),
    path("team/assignments/new/", assignments.new, name="assignment_new"),
    path("team/assignments/<int:pk>/", assignments.detail, name="assignment"),
    path("team/assignments/<int:pk>/change/", assignments.change, name="assignment_change"),
    path("team/assignments/plans/new/", assignments.new_plan, name="plan_new"),
    path("team/assignments/plans/<int:pk>/end/", assignments.end_plan, name="plan_end"),
    path("team/roster.csv", team.roster_csv, name="roster_csv"),
    path("team/certificates/", team_certificates.index, name="team_certificates"),
    path("team/certificates.zip", team_certificates.archive, name="team_certificates_zip"),
    path("team/invite/", team.invite, name="team_invite"),
]
