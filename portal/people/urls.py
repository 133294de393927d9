from django.urls import path

from portal.people import views

urlpatterns = [
    path("invitation/<str:token>/", views.join, name="join"),
]
