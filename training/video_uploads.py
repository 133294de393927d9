"""How a large video comes in: to a temporary file once its beginning says that it is one.

Other uploads stay in memory (settings). Here, too: of what is no video only the beginning is kept,
so that the form can say why it is refused, and it never touches the disk.
"""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import (
    InMemoryUploadedFile,
    TemporaryUploadedFile,
    UploadedFile,
)
from django.core.files.uploadhandler import FileUploadHandler

from portal.people import roles
from training import captions
from training.video_files import LARGEST, kind_of

ADDRESS = "/cms/snippets/training/video/"
KEPT = captions.LARGEST  # bytes of a file that stays in memory
LARGEST_FORM = 2 * LARGEST + KEPT  # a video, its described version, its captions


class VideoUploadHandler(FileUploadHandler):
    """Takes what Django's memory handler leaves: forms too large for it, at one address."""

    is_active = False
    on_disk: TemporaryUploadedFile | None = None

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        is_large = settings.FILE_UPLOAD_MAX_MEMORY_SIZE < content_length <= LARGEST_FORM
        self.is_active = is_large and self._may_send()

    def _may_send(self) -> bool:
        request = self.request
        return (
            request is not None
            and request.path.startswith(ADDRESS)
            and roles.may_open_cms(request.user)
        )

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept, self.on_disk = BytesIO(), None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.is_active:
            return raw_data
        if start == 0 and kind_of(raw_data):
            self.on_disk = self._temporary()
        if self.on_disk is not None and start <= LARGEST:
            self.on_disk.write(raw_data)
        elif self.on_disk is None and start <= KEPT:
            self.kept.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        if not self.is_active:
            return None
        if self.on_disk is None:
            return self._in_memory(file_size)
        self.on_disk.seek(0)
        self.on_disk.size = file_size
        return self.on_disk

    def upload_interrupted(self) -> None:
        if self.on_disk is not None:
            self.on_disk.close()

    def _temporary(self) -> TemporaryUploadedFile:
        return TemporaryUploadedFile(
            self.file_name or "", self.content_type, 0, self.charset, self.content_type_extra
        )

    def _in_memory(self, size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept,
            self.field_name,
            self.file_name,
            self.content_type,
            size,
            self.charset,
            self.content_type_extra,
        )
