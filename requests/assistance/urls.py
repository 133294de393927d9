"""Addresses of requests and questions; included at the root."""

from django.urls import path

from assistance.views import asking, detail, guidance, queue, writing

app_name = "assistance"

urlpatterns = [
    path("requests/", queue.requests, name="requests"),
    path("requests/new/", writing.new, name="new"),
    path("requests/suggestions/", writing.suggest, name="suggestions"),
    path("requests/assign/", queue.assign_many, name="assign_many"),
    path("requests/drafts/<uuid:uuid>/", writing.draft, name="draft"),
    path("requests/drafts/<uuid:uuid>/delete/", writing.discard, name="discard"),
    path("requests/due/", queue.due_days, name="due"),
    path("requests/gaps/", guidance.gaps, name="gaps"),
    path("requests/<str:number>/", detail.detail, name="request"),
    path("requests/<str:number>/news/<int:version>/", detail.news, name="news"),
    path("requests/<str:number>/reply/", detail.reply, name="reply"),
    path("requests/<str:number>/note/", detail.note, name="note"),
    path("requests/<str:number>/assignee/", detail.assign, name="assign"),
    path("requests/<str:number>/time/", detail.log_time, name="time"),
    path("requests/<str:number>/links/", detail.link, name="link"),
    path("requests/<str:number>/filing/", detail.classify, name="classify"),
    path("requests/<str:number>/guidance/", guidance.guide, name="guide"),
    path(
        "requests/<str:number>/guidance/<int:pk>/similar/",
        guidance.link_similar,
        name="link_similar",
    ),
    path("requests/<str:number>/actions/<str:action>/", detail.act, name="act"),
    path("ask/", asking.ask, name="ask"),
    path("ask/<int:pk>/", asking.question, name="question"),
    path("ask/<int:pk>/answer/", asking.answer, name="answer"),
    path("ask/<int:pk>/send-on/", asking.send_on, name="send_on"),
]
