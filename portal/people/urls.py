"""Addresses below /accounts/ that are ours; allauth's follow them."""

from django.urls import path

from portal.people.views import account, joining

urlpatterns = [
    path("invitation/<str:token>/", joining.join, name="join"),
    path("join/", joining.ask_to_join, name="ask_to_join"),
    path("join/<str:token>/", joining.confirm_asking, name="confirm_asking"),
    path("stay/", account.stay, name="stay"),
    path("idle/", account.idle_dialog, name="idle_dialog"),
]
