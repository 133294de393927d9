"""allauth's forms where a rule of ours is added."""

from allauth.account.forms import AddEmailForm

from portal.people import agencies


class WorkEmailForm(AddEmailForm):
    """A new address is one that an agency gave."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        agencies.validate_work_email(email)
        return email
