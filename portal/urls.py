"""Every address. Wagtail's catch-all stands last."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portal.people.views import cms_login

urlpatterns = [
    path("", include("portal.home.urls")),
    path("accounts/", include("portal.people.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("training.urls")),
    path("resources/", include("resources.urls")),
    path("", include("assistance.urls")),
    path("reports/", include("portal.reports.urls")),
    path("search/", include("portal.search.urls")),
    path("", include("portal.people.files_urls")),
    path("cms/login/", cms_login),
    path("cms/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]

handler404 = "portal.home.views.not_found"
handler500 = "portal.home.views.server_error"
