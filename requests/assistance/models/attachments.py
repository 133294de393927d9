"""Files on a request."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.models.conversation import Message
from assistance.models.ticket import Ticket, submitted_and_seen_by
from portal.core.privacy.documents import Kind
from portal.people import roles
from portal.people.models import User

FOLDER = "requests"


def random_name(attachment: "Attachment", name: str) -> str:
    """Say nothing of the file by where it lies."""
    return f"{FOLDER}/{uuid.uuid4().hex}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def kept(self) -> Self:
        """Keep those whose file is still there."""
        return self.exclude(file="")

    def visible_to(self, user: Any) -> Self:
        """Keep the files of visible requests; internal ones for the manager and the assignee.

        The same rule as of messages: a file follows what it was sent with.
        """
        files = self.filter(submitted_and_seen_by(user, "ticket__"))
        if roles.is_manager(user):
            return files
        if roles.is_specialist(user):
            return files.filter(Q(is_internal=False) | Q(ticket__assignee=user))
        return files.filter(is_internal=False)


class Attachment(models.Model):
    """A file that was read, screened and cleaned before it was stored.

    A removed or archived one has neither file nor name any more. `size` is in bytes, of the file
    as stored; `names_kept` and `unread_kept` count what its bringer kept for a reason or read.
    """

    class Scan(models.TextChoices):
        OFF = "", _("Not scanned")
        WAITING = "waiting", _("Waiting for the scan")
        CLEAN = "clean", _("Scanned")

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="attachments")
    is_internal = models.BooleanField(help_text="Seen by the manager and the assignee alone")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    file = models.FileField(upload_to=random_name, blank=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.upper()) for kind in Kind])
    names_kept = models.PositiveIntegerField(default=0)
    unread_kept = models.PositiveIntegerField(default=0)
    scan = models.CharField(max_length=8, choices=Scan, blank=True, default=Scan.OFF)
    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(name="", file="", sha256="") | (~Q(name="") & ~Q(file="")),
                name="attachment_goes_whole",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(file=""), name="attachment_removed_is_gone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.ticket_id}"

    def get_absolute_url(self) -> str:
        return reverse("assistance:file", args=[self.ticket.number, self.pk])

    @property
    def is_there(self) -> bool:
        return bool(self.file)

    @property
    def may_be_had(self) -> bool:
        """Say whether it can be downloaded: not while it waits for its scan."""
        return self.is_there and self.scan != self.Scan.WAITING
