"""The classes of mail, in the words of the page where people choose."""

from django.utils.translation import gettext_lazy as _

from portal.core import mail_registry
from portal.core.mail_registry import DAY, NONE, MailClass
from portal.people.models import Role

_LEADS = (Role.COORDINATOR, Role.SPECIALIST, Role.MANAGER, Role.DEPUTY)
_STAFF = (Role.MANAGER, Role.DEPUTY, Role.SPECIALIST, Role.AUTHOR, Role.REVIEWER)

mail_registry.add(
    MailClass(
        "account",
        _("Your account and how you sign in"),
        _("Invitations, confirmations of an address, changes of password, address, second step."),
        is_required=True,
        tries_returned=True,
    ),
    MailClass(
        "urgent",
        _("What cannot wait"),
        _(
            "Requests wanted today, identifying details to remove, urgent corrections, work handed "
            "over when somebody leaves, the yearly confirmation."
        ),
        is_required=True,
    ),
    MailClass(
        "requests",
        _("Requests and questions I take part in"),
        _("Replies, answers, endings, and what became of an edit that you suggested."),
    ),
    MailClass(
        "queue",
        _("What is new in my queue"),
        _(
            "New requests and questions, people who ask to join, training elsewhere to review, "
            "what is past its time."
        ),
        roles=frozenset(_LEADS),
    ),
    MailClass(
        "training",
        _("Training reminders"),
        _(
            "Pathways asked of you, days that come near, a coordinator's reminder, what became of "
            "outside training."
        ),
        is_bulk=True,
        by_role=dict.fromkeys(_STAFF, DAY),
    ),
    MailClass(
        "sessions",
        _("Live sessions I registered for"),
        _("That your place is kept, a reminder the day before, when a session changes."),
    ),
    MailClass(
        "guidance",
        _("New guidance"),
        _("When guidance is published in the library."),
        is_bulk=True,
        default=NONE,
        by_role=dict.fromkeys(_LEADS, DAY),
    ),
    MailClass(
        "reading",
        _("Guidance that I must read"),
        _("A reminder after a week, and at most two more, while something waits for you."),
        is_bulk=True,
        by_role=dict.fromkeys(_STAFF, DAY),
    ),
    MailClass(
        "editing",
        _("Drafts, reviews and suggested edits"),
        _("For those who write and review."),
        roles=frozenset(_STAFF),
    ),
    MailClass(
        "digest",
        _("The mail that sums up"),
        _("Brings what you chose to have once a day, and what goes beyond so many in an hour."),
        is_carrier=True,
    ),
)
mail_registry.put("digest", "digest", "summary", "several")
