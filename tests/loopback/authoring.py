"""From a request's body to a stored message: limits, files, components, pings, edits."""

from tests.loopback.components import as_sent_back
from tests.loopback.errors import invalid
from tests.loopback.limits import check_message, settable_flags
from tests.loopback.mentions import pings
from tests.loopback.models import (
    COMPONENTS_V2,
    EPHEMERAL,
    LOADING,
    SUPPRESS_EMBEDS,
    Channel,
    Json,
    Message,
    Pings,
    Upload,
    User,
    walk,
)
from tests.loopback.world import World


def write(
    world: World,
    body: Json,
    uploads: list[Upload],
    *,
    channel: Channel,
    author: User,
    ephemeral_for: User | None = None,
    reply_to: Message | None = None,
) -> Message:
    """A new message, checked but not yet posted. Raises ApiError."""
    flags = settable_flags(body) | (EPHEMERAL if ephemeral_for else 0)
    check_message(body, uploads, flags=flags, is_new=True)
    message = Message(
        id=world.ids.next(),
        channel=channel,
        author=author,
        timestamp=world.clock.timestamp(),
        flags=flags,
        kind=19 if reply_to else 0,
        reply_to=reply_to,
        nonce=body.get("nonce"),
        visible_to=ephemeral_for.id if ephemeral_for else None,
    )
    _fill(world, message, body, uploads)
    return message


def rewrite(world: World, message: Message, body: Json, uploads: list[Upload]) -> None:
    """Change a message in place, or fill the one that a deferral left. Raises ApiError."""
    kept = message.flags & ~(LOADING | SUPPRESS_EMBEDS)
    if "flags" not in body:
        kept |= message.flags & SUPPRESS_EMBEDS
    flags = kept | settable_flags(body)
    unchanged = {"content": message.content, "embeds": message.embeds} if flags & COMPONENTS_V2 else {}
    check_message(unchanged | body, uploads, flags=flags, is_new=message.loading)
    message.flags = flags
    _fill(world, message, body, uploads)
    world.edited(message)


def _fill(world: World, message: Message, body: Json, uploads: list[Upload]) -> None:
    if "content" in body:
        message.content = body["content"] or ""
    if "embeds" in body:
        message.embeds = [{"type": "rich"} | embed for embed in body["embeds"] or []]
    if "attachments" in body:
        named = {str(each["id"]) for each in body["attachments"] or []}
        message.attachments = [each for each in message.attachments if each["id"] in named]
    message.attachments += [world.cdn.store(upload, ephemeral=message.ephemeral) for upload in uploads]
    if "components" in body:
        sent = body["components"] or []
        _check_file_names(sent, message)
        message.components = as_sent_back(sent, lambda address: world.cdn.media(address, message.attachments))
    message.pings = _together(message.pings, _pings(message, body))


def _check_file_names(components: list[Json], message: Message) -> None:
    names = {each["filename"] for each in message.attachments}
    for part in walk(components):
        address = (part.get("file") or part.get("media") or {}).get("url") or ""
        if address.startswith("attachment://") and address.removeprefix("attachment://") not in names:
            raise invalid("components", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", "The attachment is gone")


def _pings(message: Message, body: Json) -> Pings:
    """An ephemeral message notifies nobody but the one who sees it."""
    return Pings() if message.ephemeral else pings(message.text, body.get("allowed_mentions"), message.reply_to)


def _together(one: Pings, other: Pings) -> Pings:
    return Pings(one.users | other.users, one.roles | other.roles, one.everyone or other.everyone)
