from django.urls import path

from resources import views

# Ahead of Wagtail's catch-all, which serves /resources/<slug>/.
urlpatterns = [
    path("", views.library, name="library"),
    path("directory/", views.directory, name="directory"),
]
