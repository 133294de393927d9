"""Who may enter: signed out leads to signing in, the wrong role to 404."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from portal.people.models import User
from portal.people.sections import only
from resources import policies
from resources.policies import NotAllowed

members = only(policies.can_see_directory)
checkers = only(policies.can_verify)
coordinators = only(policies.can_see_coordinators_section)
writers = only(policies.can_write_highlights)
managers = only(policies.can_log_forums)


class SignedIn(HttpRequest):
    """A request that passed one of the decorators above."""

    user: User


def refused_is_missing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Answer 404 where the policy refuses the change itself."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as error:
            raise Http404 from error

    return guarded
