"""Words for the events of training and of the team page."""

from django.utils.translation import gettext_lazy as _

from portal.core import effect_kinds, events
from portal.core.effect_kinds import LATER, URGENT, Kind

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
        "training.attendance_corrected": _("Corrected who was at a session"),
        "training.attendance_recorded": _("Recorded who was at a session"),
        "training.completed": _("Completed a module or a session"),
        "training.completion_annulled": _("Annulled a completion"),
        "training.edit_suggested": _("Suggested an edit of a module"),
        "training.enrolled": _("Began a module"),
        "training.licence_ended": _("Took a licence off the own page"),
        "training.licence_named": _("Named a licence"),
        "training.meeting_imported": _("Read who was there from a meeting's report"),
        "training.module_handed_over": _("Gave a module to another owner"),
        "training.nudged": _("Sent a polite reminder"),
        "training.outside_accepted": _("Accepted outside training"),
        "training.outside_handed_in": _("Handed in outside training"),
        "training.outside_paper_removed": _("The virus scan removed a paper of outside training"),
        "training.outside_returned": _("Sent outside training back"),
        "training.outside_sent_again": _("Sent outside training once more"),
        "training.outside_withdrawn": _("Withdrew outside training"),
        "training.pack_asked": _("Asked for an accreditation pack"),
        "training.pack_failed": _("An accreditation pack could not be made"),
        "training.pack_made": _("Made an accreditation pack"),
        "training.plan_ended": _("Ended a standing plan of assignments"),
        "training.plan_made": _("Made a standing plan of assignments"),
        "training.recertified": _("Issued a certificate anew"),
        "training.released": _("Released a module"),
        "training.session_cancelled": _("Cancelled a session"),
        "training.session_changed": _("Changed a session"),
        "training.session_handed_over": _("Gave a session to another trainer"),
        "training.session_credit_said": _("Said what a session counts for"),
        "training.session_funding_said": _("Said who paid for a session"),
        "training.session_made": _("Made a session"),
        "training.session_placed": _("Moved up from the waiting list of a session"),
        "training.session_queued": _("Put themselves on the waiting list of a session"),
        "training.session_settled": _("Made attendance of a session credit"),
        "training.session_registered": _("Registered for a session"),
        "training.session_withdrawn": _("Withdrew from a session"),
        "training.protocol_recorded": _("Recorded a version of a center's protocol"),
        "training.protocol_review_moved": _("Moved the review day of a protocol"),
        "training.protocol_sign_off_taken_back": _("Took back a sign-off of a protocol"),
        "training.protocol_review_told": _("Told of a protocol's review day"),
        "training.protocol_signed": _("Recorded a sign-off of a protocol"),
        "training.signed_off": _("Signed a module"),
        "training.suggestion_answered": _("Answered a suggested edit"),
        "training.talk_corrected": _("Corrected a talk to people without accounts"),
        "training.talk_logged": _("Logged a talk to people without accounts"),
        "training.talk_taken_back": _("Took back a talk that was logged by mistake"),
        "training.talks_exported": _("Exported the talks to people without accounts"),
        "training.update_read": _("Said that they read what changed in a module"),
    }
)
events.describe(
    {
        "team.certificates_exported": _("Exported certificates of a team"),
        "team.needs_viewed": _("Looked at what a person needs"),
        "training.outside_fetched": _("Opened the paper of outside training"),
        "training.pack_fetched": _("Downloaded an accreditation pack"),
    },
    is_access=True,
)
effect_kinds.describe(
    {
        "training.certificate": Kind(_("Certificates")),
        "training.paper": Kind(_("Certificates that are set anew")),
        "training.pack": Kind(_("Accreditation packs"), URGENT, is_made=True),
        "training.outside_scan": Kind(_("Virus scans of certificates from elsewhere")),
        "training.assigned": Kind(_("Mails about assigned training"), LATER),
        "training.assignment_due": Kind(_("Reminders of assigned training"), LATER),
        "training.follow_up": Kind(_("Questions six months after a module"), LATER),
        "training.nudge": Kind(_("Reminders that a coordinator sent"), LATER),
    }
)
