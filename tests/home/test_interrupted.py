"""A session that could not be written: the page says to send the form again."""

from django.contrib.sessions.exceptions import SessionInterrupted
from django.test import RequestFactory

from portal.home.views import bad_request


def test_a_session_that_was_interrupted_is_said_plainly() -> None:
    """Django answers 400 where the database went away between the change and the session."""
    answer = bad_request(RequestFactory().post("/"), SessionInterrupted())
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Send it again in a moment" in page
    assert "Quick exit" in page
