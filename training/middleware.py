"""Deleting or unpublishing a module in the admin: the explanation comes before the refusal.

Nobody has the right to do either here, so Wagtail's own "no permission" would answer first, and
nobody would learn that people's records stand on the module.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from portal.people import roles

GetResponse = Callable[[HttpRequest], HttpResponse]
TAKING_AWAY = re.compile(r"/cms/pages/(\d{1,12})/(?:delete|unpublish)/$")


def explain_keeping(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        match = TAKING_AWAY.match(request.path)
        if match and roles.may_open_cms(request.user):
            from training.wagtail_hooks import keep_what_people_began

            page = Page.objects.filter(pk=int(match[1])).first()
            refused: HttpResponse | None = None
            if page is not None:
                refused = keep_what_people_began(request, page.specific)
            if refused is not None:
                return refused
        return get_response(request)

    return middleware
