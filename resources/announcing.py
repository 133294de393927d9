"""Telling those who want to hear of it that guidance was published for the first time."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.urls import reverse
from wagtail.signals import page_published

from portal.core import mail, mail_registry, outbox
from portal.core.mail_registry import NONE
from portal.core.models import Effect
from portal.people.mailing import choices
from portal.people.models import User
from resources.models import Kind, ResourcePage

KIND = "resources.guidance"
mail_registry.put("guidance", "guidance_new")


@mail_registry.thing("resources.resourcepage")
def may_read(user: User, pk: int) -> bool:
    return bool(ResourcePage.objects.visible_to(user).filter(pk=pk).exists())


@receiver(page_published, sender=ResourcePage)
def ask(sender: Any, instance: ResourcePage, revision: Any = None, **kwargs: Any) -> None:
    """Ask once for the mails; who published it, or wrote it, is left out."""
    if instance.kind != Kind.GUIDANCE or instance.first_published_at != instance.last_published_at:
        return
    actor = revision.user_id if revision is not None else None
    outbox.add(KIND, str(instance.pk), payload={"page": instance.pk, "actor": actor})


@outbox.handler(KIND)
def tell(effect: Effect) -> None:
    """Queue one mail for each person who wants it; who may read it is asked when it goes."""
    page = ResourcePage.objects.filter(pk=effect.payload["page"], live=True).first()
    if page is None:
        return
    # The page's own address is made of its title, and a mail carries no words of it.
    context = {"url": f"{settings.BASE_URL}{reverse('library')}?kind={Kind.GUIDANCE}"}
    mail_class = mail_registry.find("guidance")
    for user in choices.wanting(mail_class).exclude(pk=effect.payload["actor"]):
        if choices.of(user, mail_class) != NONE:
            key = f"guidance:{page.pk}"
            mail.queue(user.pk, "guidance_new", subject_key=key, context=context, about=page)
