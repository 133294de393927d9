"""The one person table (also the roster), places, roles, help lines."""

from portal.people.models.help_line import HelpLine
from portal.people.models.invitation import Invitation
from portal.people.models.joining import Attestation, JoinRequest
from portal.people.models.keeping import KnownDevice, LegalHold
from portal.people.models.mailing import MailChoice, MailSuppression
from portal.people.models.person import PersonAlias, User
from portal.people.models.place import Center, CenterCounty, County, Discipline, TownOverride
from portal.people.models.role import CoordinatorAssignment, Membership, Role, RoleGrant

__all__ = [
    "Attestation",
    "Center",
    "CenterCounty",
    "CoordinatorAssignment",
    "County",
    "Discipline",
    "HelpLine",
    "Invitation",
    "JoinRequest",
    "KnownDevice",
    "LegalHold",
    "MailChoice",
    "MailSuppression",
    "Membership",
    "PersonAlias",
    "Role",
    "RoleGrant",
    "TownOverride",
    "User",
]
