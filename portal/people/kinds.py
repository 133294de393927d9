"""Words for the events that people, sign-in, publishing and retention record."""

from django.utils.translation import gettext_lazy as _

from portal.core import events

events.describe(
    {
        "people.anonymised": _("Anonymised a person"),
        "people.assigned": _("Assigned a coordinator"),
        "people.attested": _("Attested employment and confidentiality"),
        "people.changed": _("Changed what the roster says of a person"),
        "people.coverage_gap": _("Coverage of the counties changed"),
        "people.data_exported": _("Downloaded all data of a person"),
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
