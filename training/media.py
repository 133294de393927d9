"""Pictures, documents and videos that a release shows: they stay, and learners may have them.

A release keeps the sha256 of each file. Its readers are served the release's own HTML for years,
so such a file can be neither deleted nor replaced; a new picture is a new file.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.signals import post_delete, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from portal.people import audience, files
from training.manuscript import digests_of
from training.models import ModulePage, ModuleRelease, Video
from training.video_files import forget

REFUSAL = "A published module uses this file, so it cannot be deleted or replaced."


def releases_with(item: Any) -> list[ModuleRelease]:
    """Return the releases that use a file of an image, a document or a video."""
    with_media = ModuleRelease.objects.exclude(outline__media=[]).defer("outline")
    rows = with_media.values_list("pk", "outline__media")
    used = {pk: media for pk, media in rows if media}
    if not used:
        return []
    own = digests_of(item)
    found = [pk for pk, media in used.items() if own.intersection(media)]
    return list(with_media.filter(pk__in=found))


@files.allow
def reads_a_release_that_uses_it(user: Any, item: Model) -> bool:
    """Whoever may read the module may have what any of its releases shows."""
    ids = {release.page_id for release in releases_with(item)}
    return any(_reads(user, page) for page in ModulePage.objects.filter(pk__in=ids))


def _reads(user: Any, page: Any) -> bool:
    """A withdrawn module's files are for those who began it."""
    began = user.is_authenticated and page.enrolments.filter(person=user).exists()
    return began or (page.live and audience.can_read(user, page))


def refuse_deletion(sender: Any, instance: Any, **kwargs: Any) -> None:
    if releases_with(instance):
        raise PermissionDenied(REFUSAL)


def refuse_replacement(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Refuse another file under the same id; a new upload is not committed yet."""
    if instance.pk and instance.file and not instance.file._committed:
        before = sender._default_manager.filter(pk=instance.pk).first()
        if before is not None and releases_with(before):
            raise PermissionDenied(REFUSAL)


def refuse_replaced_video(sender: Any, instance: Video, **kwargs: Any) -> None:
    """Refuse another file, or none, in the place of one that a release plays."""
    if instance.replaced() and releases_with(sender.objects.get(pk=instance.pk)):
        raise PermissionDenied(REFUSAL)


def forget_files(sender: Any, instance: Video, **kwargs: Any) -> None:
    forget({str(file.name) for file in instance.files()})


for model in (get_image_model(), get_document_model()):
    uid = f"training.media.{model._meta.label_lower}"
    pre_delete.connect(refuse_deletion, model, dispatch_uid=f"{uid}.delete")
    pre_save.connect(refuse_replacement, model, dispatch_uid=f"{uid}.replace")

pre_delete.connect(refuse_deletion, Video, dispatch_uid="training.media.video.delete")
pre_save.connect(refuse_replaced_video, Video, dispatch_uid="training.media.video.replace")
post_delete.connect(forget_files, Video, dispatch_uid="training.media.video.forget")
