"""allauth's forms where a rule of ours is added."""

from allauth.account.forms import AddEmailForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm

from portal.core.privacy.validators import validate_screened
from portal.people import agencies


class WorkEmailForm(AddEmailForm):
    """A new address is one that an agency gave."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        agencies.validate_work_email(email)
        return email


class ScreenedAddKeyForm(AddWebAuthnForm):
    """The name of a passkey is stored text, so the screen comes first."""

    def clean_name(self) -> str:
        name: str = super().clean_name()
        validate_screened(name)
        return name


class ScreenedEditKeyForm(EditWebAuthnForm):
    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        validate_screened(name)
        return name
