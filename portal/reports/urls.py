from django.urls import path

from portal.reports import frozen_views, quality_views, run_views, views

urlpatterns = [
    path("", views.index, name="reports"),
    path("definitions/", views.definitions, name="reports_definitions"),
    path("measures/<slug:key>/", views.measure, name="reports_measure"),
    path("figures.csv", views.download, name="reports_csv"),
    path("figures.xlsx", views.workbook, name="reports_xlsx"),
    path("quality/", quality_views.index, name="quality"),
    path("quality/<slug:key>/", quality_views.check, name="quality_check"),
    path("released/", frozen_views.released, name="released"),
    path("released/figures.csv", frozen_views.released_csv, name="released_csv"),
    path("released/figures.xlsx", frozen_views.released_xlsx, name="released_xlsx"),
    path("frozen/", frozen_views.frozen_index, name="frozen_reports"),
    path("frozen/<int:pk>/", frozen_views.frozen, name="frozen_report"),
    path("frozen/<int:pk>/figures.csv", frozen_views.frozen_csv, name="frozen_csv"),
    path("frozen/<int:pk>/figures.xlsx", frozen_views.frozen_xlsx, name="frozen_xlsx"),
    path("templates/", run_views.templates, name="report_templates"),
    path("templates/<slug:key>/", run_views.template, name="report_template"),
    path("templates/<slug:key>/mail/", run_views.mail, name="report_template_mail"),
    path("range/", run_views.any_range, name="report_range"),
    path("runs/", run_views.index, name="report_runs"),
    path("runs/<uuid:pk>/", run_views.detail, name="report_run"),
    path("runs/<uuid:pk>/report.<slug:ending>", run_views.fetch, name="report_run_file"),
]
