"""Words for the events of requests and questions."""

from django.utils.translation import gettext_lazy as _

from portal.core import effect_kinds, events
from portal.core.effect_kinds import Kind

events.describe(
    {
        "activity.approved": _("Approved the record of an activity"),
        "activity.changed": _("Changed the record of an activity"),
        "activity.goal_moved": _("Said where the goal of an activity stands"),
        "activity.recorded": _("Recorded an activity"),
        "activity.step_done": _("Finished a next step"),
        "passage.kept": _("Kept a passage for replies"),
        "question.answered": _("Answered a question"),
        "question.asked": _("Asked a question"),
        "question.sent_on": _("Sent a question on as a request"),
        "request.answer": _("Answered a request"),
        "request.archive": _("Archived a request"),
        "request.attached": _("Attached a file to a request"),
        "request.ask_back": _("Asked the requester back"),
        "request.assigned": _("Assigned a request"),
        "request.classified": _("Changed what a request is about"),
        "request.close_silent": _("Closed a request after silence"),
        "request.confirm": _("Confirmed an answer"),
        "request.decline": _("Declined a request"),
        "request.detached": _("Removed a file from a request"),
        "request.discarded": _("Discarded a draft"),
        "request.drafted": _("Drafted a request"),
        "request.follow_up_answered": _("Said whether an answer helped"),
        "request.follow_up_asked": _("Asked whether an answer helped"),
        "request.follow_up_reminded": _("Reminded of a follow-up"),
        "request.guidance_drafted": _("Drafted guidance from an answer"),
        "request.guided": _("Linked new guidance to the request it came from"),
        "request.linked": _("Linked a page to a request"),
        "request.merged": _("Merged another request into this one"),
        "request.merged_away": _("Merged a request into another"),
        "request.related": _("Tied two requests together"),
        "request.split": _("Split a request in two"),
        "request.split_off": _("Made a request out of part of another"),
        "request.unrelated": _("Untied two requests"),
        "request.unwatched": _("Ended the watching of a request"),
        "request.watched": _("Let somebody watch a request"),
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
        "seat.ended": _("Ended what somebody covers"),
        "seat.given": _("Said which topics somebody covers"),
    }
)
events.describe(
    {
        "activity.exported": _("Exported activity records"),
        "activity.listed": _("Looked at the list of activities"),
        "activity.viewed": _("Looked at the record of an activity"),
        "request.file_fetched": _("Fetched a file of a request"),
        "request.queue_viewed": _("Looked at the list of requests"),
        "request.viewed": _("Looked at a request"),
    },
    is_access=True,
)
effect_kinds.describe(
    {
        "assistance.notice": Kind(_("Notices about requests")),
        "assistance.question": Kind(_("Notices about questions")),
        "assistance.scan": Kind(_("Virus scans of files on requests")),
    }
)
