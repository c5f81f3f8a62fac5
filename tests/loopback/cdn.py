"""Attachments: what was uploaded, and the addresses under which the server hands it out."""

from tests.loopback.components import Media
from tests.loopback.models import Json, Upload
from tests.loopback.snowflakes import Snowflakes


class Cdn:
    """Keeps every upload of the session; `base` is set when the server knows its port."""

    def __init__(self, ids: Snowflakes) -> None:
        self.base = ""
        self._ids = ids
        self._files: dict[str, Upload] = {}

    def store(self, upload: Upload, *, ephemeral: bool = False) -> Json:
        """Keep a file; returns Discord's attachment object."""
        number = self._ids.next()
        path = f"attachments/{number}/{upload.filename}"
        self._files[path] = upload
        address = f"{self.base}/{path}"
        attachment: Json = {
            "id": str(number),
            "filename": upload.filename,
            "size": len(upload.content),
            "content_type": upload.content_type,
            "url": address,
            "proxy_url": address,
        }
        if upload.description:
            attachment["description"] = upload.description
        return attachment | ({"ephemeral": True} if ephemeral else {})

    def get(self, path: str) -> Upload | None:
        return self._files.get(path)

    def media(self, address: str, attachments: list[Json]) -> Media:
        """What a component's address shows: `attachment://name`, or any page's picture as it is."""
        item: Json = {"id": str(self._ids.next()), "url": address, "proxy_url": address}
        item |= {"width": None, "height": None}
        name = address.removeprefix("attachment://")
        for each in attachments:
            if each["filename"] == name or each["url"] == address:
                item |= {"url": each["url"], "proxy_url": each["url"], "attachment_id": each["id"]}
                return Media(item | {"content_type": each["content_type"]}, each["filename"], each["size"])
        return Media(item)
