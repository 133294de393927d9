"""Content-free mail through the outbox: a neutral subject, one sentence, one link."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from portal.core import outbox
from portal.core.models import Effect


def queue(
    user_id: int, template: str, *, subject_key: str, context: Mapping[str, str | int]
) -> None:
    """Ask for one mail to one person, once per `subject_key`.

    `template` names `templates/email/<template>.txt`, whose first line is the subject. `context`
    holds numbers and addresses of pages of ours, never text that somebody typed.
    """
    payload = {"user": user_id, "template": template, "context": dict(context)}
    outbox.add("mail", subject_key, bucket=str(user_id), payload=payload)


@outbox.handler("mail")
def send(effect: Effect) -> None:
    """Send the mail of one effect, unless the person has left since."""
    user = get_user_model().objects.filter(pk=effect.payload["user"], is_active=True).first()
    if user is None:
        return
    deliver(user.email, effect.payload["template"], effect.payload["context"], effect)


def deliver(address: str, template: str, context: Mapping[str, str | int], effect: Effect) -> None:
    """Render and send one mail now. Handlers of other kinds use it for what no payload may hold."""
    subject, _, body = render(template, context)
    EmailMessage(subject, body, to=[address], headers=_headers(effect)).send()


def render(template: str, context: Mapping[str, str | int]) -> tuple[str, str, str]:
    """Return (subject, separator, body). A mail is plain text; nothing is escaped."""
    whole = {"portal": settings.PORTAL_NAME, "base_url": settings.BASE_URL, **context}
    text = render_to_string(f"email/{template}.txt", whole).strip()
    return text.partition("\n\n")


def _headers(effect: Effect) -> dict[str, str]:
    """The Message-ID hangs on the outbox row, so a mail sent twice is one mail to its reader."""
    host = settings.BASE_URL.split("//")[-1].split(":")[0]
    return {"Message-ID": f"<effect-{effect.pk}@{host}>", "Auto-Submitted": "auto-generated"}
