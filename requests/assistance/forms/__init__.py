"""Forms of requests and questions. Every text passes the screen before a view sees it."""
