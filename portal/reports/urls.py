from django.urls import path

from portal.reports import views

urlpatterns = [
    path("", views.index, name="reports"),
    path("figures.csv", views.download, name="reports_csv"),
]
