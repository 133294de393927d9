from django.urls import path

from portal.home import views

urlpatterns = [
    path("", views.index, name="home"),
    path("leave/", views.leave, name="leave"),
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("whats-new/", views.whats_new, name="whats_new"),
]
