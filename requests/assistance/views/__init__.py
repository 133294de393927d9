"""Pages of requests and questions."""
