"""Words for the events that people, sign-in, publishing and retention record."""

from django.utils.translation import gettext_lazy as _

from portal.core import effect_kinds, events
from portal.core.effect_kinds import LATER, URGENT, Kind

events.describe(
    {
        "mail.choice_changed": _("Changed which mails somebody gets"),
        "mail.resumed": _("Let mail go to an address again"),
        "mail.suppressed": _("Mail to an address came back and is held"),
        "people.anonymised": _("Anonymised a person"),
        "people.assigned": _("Assigned a coordinator"),
        "people.attested": _("Attested employment and confidentiality"),
        "people.changed": _("Changed what the roster says of a person"),
        "people.county_left": _("Let a center serve a county no longer"),
        "people.county_served": _("Let a center serve a county"),
        "people.coverage_gap": _("Coverage of the counties changed"),
        "people.data_exported": _("Downloaded all data of a person"),
        "people.help_line_verified": _("Said that a help line was checked"),
        "people.imported": _("Imported a roster"),
        "people.invited": _("Invited a person"),
        "people.join_approved": _("Approved a request to join"),
        "people.join_declined": _("Declined a request to join"),
        "people.joined": _("Joined"),
        "people.left": _("Ended a person's access"),
        "people.merge_undone": _("Took a merge back"),
        "people.merged": _("Merged two accounts"),
        "people.returned": _("Opened the account of somebody who had left"),
        "people.role_ended": _("Ended a role"),
        "people.role_granted": _("Gave a role"),
        "people.rostered": _("Put a person on a roster"),
        "people.walked_in": _("Added a person who came to a session"),
        "people.unassigned": _("Ended a coordinator's assignment"),
        "people.unrostered": _("Took a person off a roster"),
        "publishing.published": _("Published a page"),
        "publishing.unpublished": _("Took a page offline"),
        "retention.applied": _("Removed what retention says"),
        "retention.held": _("Placed a legal hold"),
        "retention.lifted": _("Lifted a legal hold"),
        "rights.mended": _("Took rights away that are declared nowhere"),
        "rights.changed": _("Changed what a group of the admin may do"),
        "signin.agency_changed": _("Connected or removed an agency's sign-on"),
        "signin.email_changed": _("Changed the e-mail address"),
        "signin.password_changed": _("Changed the password"),
        "signin.reset": _("Every way to sign in was reset by the administrator"),
        "signin.second_step_changed": _("Changed the second step of sign-in"),
    }
)
events.describe(
    {
        "mail.log_viewed": _("Looked into the log of mails"),
        "people.joining_viewed": _("Looked at the requests to join"),
        "people.viewed": _("Looked at a person's page"),
        "signin.done": _("Signed in"),
        "signin.ended": _("Signed out"),
        "signin.failed": _("Failed to sign in"),
        "signin.idle": _("Was signed out after a time without use"),
        "signin.new_device": _("Signed in from a new browser"),
        "team.viewed": _("Looked at the team page"),
    },
    is_access=True,
)
effect_kinds.describe(
    {
        "account.mail": Kind(_("Mails about the account and signing in"), URGENT),
        "people.join_confirm": Kind(_("Mails that confirm an address"), URGENT),
        "people.invitation": Kind(_("Invitations")),
        "people.redaction": Kind(_("Notices about redactions")),
        "mail.carry": Kind(_("Mails that bring several things"), LATER),
    }
)
