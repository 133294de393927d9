from django.urls import path

from portal.search import views

urlpatterns = [
    path("", views.search, name="search"),
    path("suggestions/", views.suggestions, name="search_suggestions"),
    path("asked/", views.asked, name="search_asked"),
]
