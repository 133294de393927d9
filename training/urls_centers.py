"""The page of a center, and the record of its protocol."""

from django.urls import path

from training.views import centers

AT = "team/centers/<slug:slug>/"

urlpatterns = [
    path("team/centers/", centers.index, name="centers"),
    path(AT, centers.detail, name="center"),
    path(f"{AT}protocol/new/", centers.new_version, name="protocol_new"),
    path(f"{AT}protocol/<int:pk>/sign/", centers.sign, name="protocol_sign"),
    path(f"{AT}protocol/<int:pk>/review/", centers.move_review, name="protocol_review"),
    path(f"{AT}sign-offs/<int:pk>/take-back/", centers.take_back, name="sign_off_take_back"),
]
