from django.urls import path

from resources import forum_views, highlight_views, initiative_views

urlpatterns = [
    path("coordinators/", initiative_views.section, name="coordinators"),
    path("initiatives/", initiative_views.index, name="initiatives"),
    path("initiatives/<slug:slug>/", initiative_views.initiative, name="initiative"),
    path("initiatives/<slug:slug>/updates/", initiative_views.tell, name="initiative_tell"),
    path(
        "initiatives/<slug:slug>/updates/<int:pk>/delete/",
        initiative_views.take_back,
        name="initiative_take_back",
    ),
    path(
        "initiatives/<slug:slug>/milestones/<int:pk>/done/",
        initiative_views.finish,
        name="milestone_done",
    ),
    path("highlights/", highlight_views.index, name="highlights"),
    path("highlights/desk/", highlight_views.desk, name="highlight_desk"),
    path("highlights/new/", highlight_views.new, name="highlight_new"),
    path("highlights/<int:pk>/", highlight_views.highlight, name="highlight"),
    path("highlights/<int:pk>/change/", highlight_views.change, name="highlight_change"),
    path("highlights/<int:pk>/submit/", highlight_views.submit, name="highlight_submit"),
    path("highlights/<int:pk>/approve/", highlight_views.approve, name="highlight_approve"),
    path("highlights/<int:pk>/back/", highlight_views.send_back, name="highlight_back"),
    path("highlights/<int:pk>/withdraw/", highlight_views.withdraw, name="highlight_withdraw"),
    path("highlights/<int:pk>/delete/", highlight_views.delete, name="highlight_delete"),
    path("forums/", forum_views.index, name="forums"),
    path("forums/forums.csv", forum_views.export, name="forums_export"),
    path("forums/new/", forum_views.new, name="forum_new"),
    path("forums/<int:pk>/change/", forum_views.change, name="forum_change"),
    path("forums/<int:pk>/delete/", forum_views.delete, name="forum_delete"),
    path("facts/", forum_views.all_facts, name="facts"),
    path("facts/<int:pk>/checked/", forum_views.fact_checked, name="fact_checked"),
]
