"""Words for the events of training and of the team page."""

from django.utils.translation import gettext_lazy as _

from portal.core import events

events.describe(
    {
        "team.roster_exported": _("Exported a roster"),
        "training.assigned": _("Assigned a pathway"),
        "training.assignment_done": _("Completed an assigned pathway"),
        "training.assignment_moved": _("Gave an assignment another day"),
        "training.assignment_reopened": _("An assignment is open again: a completion was annulled"),
        "training.assignment_waived": _("Waived an assignment"),
        "training.assignment_withdrawn": _("Took an assignment back"),
        "training.certified": _("Issued a certificate"),
        "training.corrected": _("Published an urgent correction of a module"),
        "training.correction_reviewed": _("Looked at an urgent correction"),
        "training.completed": _("Completed a module"),
        "training.completion_annulled": _("Annulled a completion"),
        "training.edit_suggested": _("Suggested an edit of a module"),
        "training.enrolled": _("Began a module"),
        "training.licence_ended": _("Took a licence off the own page"),
        "training.licence_named": _("Named a licence"),
        "training.module_handed_over": _("Gave a module to another owner"),
        "training.nudged": _("Sent a polite reminder"),
        "training.plan_ended": _("Ended a standing plan of assignments"),
        "training.plan_made": _("Made a standing plan of assignments"),
        "training.recertified": _("Issued a certificate anew"),
        "training.released": _("Released a module"),
        "training.session_cancelled": _("Cancelled a session"),
        "training.session_changed": _("Changed a session"),
        "training.session_handed_over": _("Gave a session to another trainer"),
        "training.session_made": _("Made a session"),
        "training.session_registered": _("Registered for a session"),
        "training.session_withdrawn": _("Withdrew from a session"),
        "training.signed_off": _("Signed a module"),
        "training.suggestion_answered": _("Answered a suggested edit"),
        "training.update_read": _("Said that they read what changed in a module"),
    }
)
events.describe(
    {
        "team.certificates_exported": _("Exported certificates of a team"),
        "team.needs_viewed": _("Looked at what a person needs"),
    },
    is_access=True,
)
