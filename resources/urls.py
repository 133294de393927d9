from django.urls import include, path

from resources import page_views, reading_views, suggestion_views, views

# Ahead of Wagtail's catch-all, which serves /resources/<slug>/.
urlpatterns = [
    path("", views.library, name="library"),
    path("directory/", include("resources.directory_urls")),
    path("", include("resources.statewide_urls")),
    path("bookmarks/", page_views.bookmarks, name="bookmarks"),
    path("to-read/", reading_views.to_read, name="to_read"),
    path("reading/", reading_views.overview, name="reading"),
    path("reading/<int:pk>/", reading_views.state, name="reading_state"),
    path("usefulness/", page_views.usefulness_overview, name="usefulness"),
    path("usefulness/<int:pk>/", page_views.usefulness_results, name="usefulness_results"),
    path("suggestions/", suggestion_views.index, name="page_suggestions"),
    path("suggestions/<int:pk>/", suggestion_views.detail, name="page_suggestion"),
    path("<str:slug>/bookmark/", page_views.bookmark, name="bookmark"),
    path("<str:slug>/useful/", page_views.useful, name="useful"),
    path("<str:slug>/read/", reading_views.acknowledge, name="acknowledge"),
    path("<str:slug>/suggest/", suggestion_views.suggest, name="suggest_page_edit"),
    path("<str:slug>/format/", suggestion_views.ask_format, name="ask_format"),
]
