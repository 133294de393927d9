"""The written resources, and drafts made from answers."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.core import ports
from portal.core.models import Event
from resources import content_loader
from resources.models import ResourcePage
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_the_written_resources_are_published_once_and_then_left_alone(client: Client) -> None:
    owner = UserFactory()
    count = content_loader.load(owner, timezone.now())
    assert count == 20
    page = ResourcePage.objects.get(slug="51a-for-mdt-partners")
    page.title = "Changed by the manager"
    page.save_revision().publish()
    assert content_loader.load(owner, timezone.now()) == 0
    page.refresh_from_db()
    assert page.title == "Changed by the manager"
    for live in ResourcePage.objects.live():
        assert live.minutes > 1
        assert live.review_by > timezone.localdate()
        assert list(live.topics.all())
    assert client.get(page.url).status_code == 200


def test_an_answer_becomes_a_draft_of_guidance() -> None:
    user = UserFactory()
    text = "First <b>part</b>.\n\nSecond part."
    page = ports.call("draft_guidance", title="How to open a conference", text=text, user=user)
    page.refresh_from_db()
    assert (page.live, page.kind, page.owner) == (False, "guidance", user)
    assert page.has_unpublished_changes
    assert str(page.body[0].value) == "<p>First &lt;b&gt;part&lt;/b&gt;.</p><p>Second part.</p>"
    assert Event.objects.filter(kind="resources.guidance_drafted").count() == 1
    again = ports.call("draft_guidance", title="How to open a conference", text=text, user=user)
    assert again.slug == "how-to-open-a-conference-2"
