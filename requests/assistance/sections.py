"""Who may enter: signed out leads to signing in, the wrong role to 404."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from assistance import policies
from portal.people.models import User

View = Callable[..., HttpResponse]


class SignedIn(HttpRequest):
    """A request that passed one of the decorators below."""

    user: User


def _entered_by(may: Callable[[User], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def entered(request: SignedIn, *args: object, **kwargs: object) -> HttpResponse:
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return entered

    return decorate


readers = _entered_by(policies.can_enter)
writers = _entered_by(policies.can_create)
