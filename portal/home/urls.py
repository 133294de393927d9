from django.urls import path

from portal.home import status_views, views

urlpatterns = [
    path("", views.index, name="home"),
    path("leave/", views.leave, name="leave"),
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("metrics", views.figures),
    path("status/", status_views.status_page, name="status"),
    path("status/dead/", status_views.dead, name="status_dead"),
    path("status/dead/decide/", status_views.decide, name="status_decide"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("whats-new/", views.whats_new, name="whats_new"),
]
