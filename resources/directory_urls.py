from django.urls import path

from resources import directory_views as views

urlpatterns = [
    path("", views.index, name="directory"),
    path("by-county/", views.by_county, name="directory_by_county"),
    path("due/", views.due, name="directory_due"),
    path("lines/<int:pk>/checked/", views.line_checked, name="line_checked"),
    path("notes/<int:pk>/settled/", views.settled, name="note_settled"),
    path("<int:pk>/", views.service, name="service"),
    path("<int:pk>/wrong/", views.wrong, name="service_wrong"),
    path("<int:pk>/change/", views.change, name="service_change"),
    path("<int:pk>/checked/", views.checked, name="service_checked"),
]
