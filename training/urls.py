from django.urls import include, path

urlpatterns = [
    path("", include("training.urls_sessions")),
    path("", include("training.urls_outside")),
    path("", include("training.urls_outreach")),
    path("", include("training.urls_centers")),
    path("", include("training.urls_catalogue")),
    path("", include("training.urls_learning")),
    path("", include("training.urls_packs")),
]
