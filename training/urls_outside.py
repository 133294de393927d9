"""Training from elsewhere; ahead of /training/<slug>/, since `outside` is no module."""

from django.urls import path

from training.views import outside, outside_review

urlpatterns = [
    path("me/outside/", outside.mine, name="outside_mine"),
    path("me/outside/new/", outside.new, name="outside_new"),
    path("me/outside/<int:pk>/", outside.detail, name="outside"),
    path("me/outside/<int:pk>/file/", outside.fetch, name="outside_file"),
    path("me/outside/<int:pk>/withdraw/", outside.withdraw, name="outside_withdraw"),
    path("me/outside/<int:pk>/redact/", outside.redact, name="outside_redact"),
    path("training/outside/", outside_review.queue, name="outside_queue"),
    path("training/outside/<int:pk>/review/", outside_review.review, name="outside_review"),
    path("training/outside/<int:pk>/annul/", outside_review.annul, name="outside_annul"),
]
