"""Work addresses: an account is tied to an agency, so a private mailbox cannot have one."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Mail that anybody can have. A provider that is missing here is a matter for the coordinator.
PRIVATE_MAIL = frozenset(
    "gmail.com googlemail.com yahoo.com ymail.com hotmail.com outlook.com live.com msn.com aol.com "
    "icloud.com me.com mac.com proton.me protonmail.com gmx.com gmx.net mail.com zoho.com "
    "yandex.com comcast.net verizon.net charter.net rcn.com att.net".split()
)


def validate_work_email(email: str) -> None:
    """Refuse a private mailbox. ValidationError says what is wanted instead."""
    if email.rpartition("@")[2].lower() in PRIVATE_MAIL:
        raise ValidationError(
            _("This is a private mailbox. Use the address that your agency gave you."),
            code="private_mail",
        )
