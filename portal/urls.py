"""Every address. Wagtail's catch-all stands last."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portal.people.views.joining import cms_login, nothing_here

urlpatterns = [
    path("", include("portal.home.urls")),
    path("accounts/", include("portal.people.urls")),
    path("", include("portal.people.office_urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("training.urls")),
    path("resources/", include("resources.urls")),
    path("", include("assistance.urls")),
    path("reports/", include("portal.reports.urls")),
    path("search/", include("portal.search.urls")),
    path("", include("portal.people.files_urls")),
    path("cms/login/", cms_login),
    # The account's pages are allauth's and ours; Wagtail's would take names unscreened.
    path("cms/account/", RedirectView.as_view(pattern_name="own_account")),
    re_path(r"^cms/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    # Many pictures at once keep a file whose name the screen has refused; one at a time does not.
    re_path(r"^cms/images/multiple/", RedirectView.as_view(pattern_name="wagtailimages:add")),
    # Wagtail's own sign-in and page passwords know no second factor and no rate limit.
    path("_util/login/", nothing_here),
    path("_util/authenticate_with_password/<path:rest>", nothing_here),
    path("cms/failwhale/", nothing_here),  # raises an error on purpose, for Wagtail's own tests
    path("cms/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]

handler400 = "portal.home.views.bad_request"
handler404 = "portal.home.views.not_found"
handler500 = "portal.home.views.server_error"
