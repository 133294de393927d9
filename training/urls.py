from django.urls import include, path

urlpatterns = [
    path("", include("training.urls_sessions")),
    path("", include("training.urls_catalogue")),
    path("", include("training.urls_learning")),
]
