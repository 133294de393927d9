"""Words for the events of requests and questions."""

from django.utils.translation import gettext_lazy as _

from portal.core import events

events.describe(
    {
        "question.answered": _("Answered a question"),
        "question.asked": _("Asked a question"),
        "question.sent_on": _("Sent a question on as a request"),
        "request.answer": _("Answered a request"),
        "request.archive": _("Archived a request"),
        "request.ask_back": _("Asked the requester back"),
        "request.assigned": _("Assigned a request"),
        "request.classified": _("Changed what a request is about"),
        "request.close_silent": _("Closed a request after silence"),
        "request.confirm": _("Confirmed an answer"),
        "request.decline": _("Declined a request"),
        "request.discarded": _("Discarded a draft"),
        "request.drafted": _("Drafted a request"),
        "request.guidance_drafted": _("Drafted guidance from an answer"),
        "request.guided": _("Linked new guidance to the request it came from"),
        "request.linked": _("Linked a page to a request"),
        "request.mark_duplicate": _("Marked a request as a duplicate"),
        "request.noted": _("Wrote an internal note"),
        "request.notice": _("Gave notice that silence closes a request"),
        "request.reopen": _("Reopened a request"),
        "request.replied": _("Replied to a request"),
        "request.resume": _("Went on with a request"),
        "request.start": _("Began a request"),
        "request.submit": _("Sent a request"),
        "request.time_logged": _("Logged time on a request"),
        "request.withdraw": _("Withdrew a request"),
    }
)
events.describe(
    {
        "request.queue_viewed": _("Looked at the list of requests"),
        "request.viewed": _("Looked at a request"),
    },
    is_access=True,
)
