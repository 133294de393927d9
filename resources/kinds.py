"""Words for the events of the library."""

from django.utils.translation import gettext_lazy as _

from portal.core import effect_kinds, events
from portal.core.effect_kinds import LATER, Kind

events.describe(
    {
        "resources.acknowledged": _("Said that they read a version of guidance"),
        "resources.edit_suggested": _("Suggested an edit of a page of the library"),
        "resources.format_asked": _("Asked for a page in another format"),
        "resources.guidance_drafted": _("Drafted guidance from an answer"),
        "resources.handed_over": _("Gave a resource to another owner"),
        "resources.suggestion_answered": _("Answered a suggestion about a page of the library"),
        "resources.topic_kept": _("Changed a topic's name or its other words"),
        "resources.topics_merged": _("Merged two topics"),
        "resources.fact_checked": _("Said that a fact was checked"),
        "resources.forum_changed": _("Changed an entry of the forum log"),
        "resources.forum_deleted": _("Deleted an entry of the forum log"),
        "resources.forum_logged": _("Logged a forum"),
        "resources.forums_exported": _("Downloaded the forum log"),
        "resources.highlight_approved": _("Approved a highlight as the second person"),
        "resources.highlight_deleted": _("Deleted a draft of a highlight"),
        "resources.highlight_handed_over": _("Gave a draft of a highlight to another author"),
        "resources.highlight_sent_back": _("Sent a highlight back to its author"),
        "resources.highlight_submitted": _("Asked a second person to approve a highlight"),
        "resources.highlight_withdrawn": _("Took a highlight back to a draft"),
        "resources.highlight_written": _("Wrote a highlight"),
        "resources.initiative_handed_over": _("Gave an initiative to another owner"),
        "resources.initiative_told": _("Wrote an update of an initiative"),
        "resources.initiative_update_removed": _("Deleted an update of an initiative"),
        "resources.milestone_done": _("Finished a milestone of an initiative"),
        "resources.overdue_told": _("Told the manager that entries are to be checked again"),
        "resources.service_changed": _("Changed an entry of the directory"),
        "resources.service_note_settled": _("Settled what a reader found wrong in the directory"),
        "resources.service_reported": _("Said what is wrong in an entry of the directory"),
        "resources.service_verified": _("Said that an entry of the directory was checked"),
    }
)
effect_kinds.describe({"resources.guidance": Kind(_("Notices of new guidance"), LATER)})
