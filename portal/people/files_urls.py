from django.urls import path

from portal.people import files

urlpatterns = [
    # The name is Wagtail's own, so that every link it makes to a document leads here.
    path("documents/<int:pk>/<str:filename>", files.document, name="wagtaildocs_serve"),
    path("media/<path:path>", files.image, name="media"),
]
