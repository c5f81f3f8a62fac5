"""Channels: messages, typing, threads, each with the permissions that it takes."""

from tests.loopback import payloads
from tests.loopback.authoring import rewrite, write
from tests.loopback.calls import Call, Reply, Routes
from tests.loopback.errors import (
    ApiError,
    invalid,
    missing_access,
    missing_permissions,
    no_direct_messages,
    not_your_message,
)
from tests.loopback.models import DIRECT, PRIVATE_THREAD, PUBLIC_THREAD, Channel, Message
from tests.loopback.permissions import Permission, in_channel, to_send
from tests.loopback.sight import Intent, reads
from tests.loopback.snowflakes import made_at

routes = Routes()
_SAME_NONCE_SECONDS = 300.0


def _visible(call: Call) -> tuple[Channel, int]:
    """The channel of the path and the bot's permissions there. Raises ApiError 10003 or 50001."""
    channel = call.world.channel(call.id("channel_id"))
    held = in_channel(channel, call.world.bot)
    if not held & Permission.VIEW_CHANNEL:
        raise missing_access()
    return channel, held


def _need(held: int, *needed: Permission) -> None:
    """Raises ApiError 50013 unless all of `needed` are held."""
    if any(not held & each for each in needed):
        raise missing_permissions()


@routes.on("GET", "/channels/{channel_id}")
def a_channel(call: Call) -> Reply:
    channel, _ = _visible(call)
    return Reply(200, payloads.channel(channel))


@routes.on("POST", "/channels/{channel_id}/messages")
def create_message(call: Call) -> Reply:
    channel, held = _visible(call)
    _check_may_send(call, channel, held)
    if twin := _same_nonce(call, channel):
        return Reply(200, payloads.message(twin))
    reply_to = _replied_to(call, channel, held)
    message = write(call.world, call.body, call.files, channel=channel, author=call.world.bot, reply_to=reply_to)
    call.world.post(message)
    return Reply(200, payloads.message(message))


def _check_may_send(call: Call, channel: Channel, held: int) -> None:
    _need(held, to_send(channel))
    if call.files:
        _need(held, Permission.ATTACH_FILES)
    if call.body.get("embeds"):
        _need(held, Permission.EMBED_LINKS)
    if channel.kind == DIRECT and not all(user.accepts_direct_messages for user in channel.recipients):
        raise no_direct_messages()


def _same_nonce(call: Call, channel: Channel) -> Message | None:
    """The bot's earlier message with this nonce, where `enforce_nonce` asks for only one."""
    if not call.body.get("enforce_nonce"):
        return None
    oldest = call.world.clock.now() - _SAME_NONCE_SECONDS
    mine = [each for each in channel.messages.values() if each.author is call.world.bot and made_at(each.id) >= oldest]
    return next((each for each in mine if each.nonce == call.body.get("nonce")), None)


def _replied_to(call: Call, channel: Channel, held: int) -> Message | None:
    reference = call.body.get("message_reference")
    if reference is None:
        return None
    if not held & Permission.READ_MESSAGE_HISTORY:
        raise ApiError(400, 160002, "Cannot reply without permission to read message history")
    replied = channel.messages.get(int(reference["message_id"]))
    if replied is None and reference.get("fail_if_not_exists", True):
        raise invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    return replied


@routes.on("GET", "/channels/{channel_id}/messages")
def history(call: Call) -> Reply:
    channel, held = _visible(call)
    if not held & Permission.READ_MESSAGE_HISTORY:
        return Reply(200, [])
    messages = sorted((each for each in channel.messages.values() if not each.ephemeral), key=lambda each: -each.id)
    if before := call.query.get("before"):
        messages = [each for each in messages if each.id < int(before)]
    if after := call.query.get("after"):
        messages = [each for each in messages if each.id > int(after)][-int(call.query.get("limit", 50)) :]
    return Reply(200, [_told(call, each) for each in messages[: int(call.query.get("limit", 50))]])


@routes.on("GET", "/channels/{channel_id}/messages/{message_id}")
def a_message(call: Call) -> Reply:
    channel, held = _visible(call)
    _need(held, Permission.READ_MESSAGE_HISTORY)
    return Reply(200, _told(call, call.world.message(channel, call.id("message_id"))))


def _told(call: Call, message: Message) -> dict[str, object]:
    """REST blanks content as the gateway does, by what the application was granted."""
    content_intent = bool(call.privileged & Intent.MESSAGE_CONTENT)
    return payloads.message(message, with_content=reads(message, call.world.bot, content_intent=content_intent))


@routes.on("PATCH", "/channels/{channel_id}/messages/{message_id}")
def edit_message(call: Call) -> Reply:
    channel, held = _visible(call)
    message = call.world.message(channel, call.id("message_id"))
    if message.author is not call.world.bot:
        raise not_your_message()
    if call.files:
        _need(held, Permission.ATTACH_FILES)
    rewrite(call.world, message, call.body, call.files)
    return Reply(200, payloads.message(message))


@routes.on("DELETE", "/channels/{channel_id}/messages/{message_id}")
def delete_message(call: Call) -> Reply:
    channel, held = _visible(call)
    message = call.world.message(channel, call.id("message_id"))
    if message.author is not call.world.bot:
        _need(held, Permission.MANAGE_MESSAGES)
    call.world.delete(message)
    return Reply(204)


@routes.on("POST", "/channels/{channel_id}/typing")
def typing(call: Call) -> Reply:
    channel, held = _visible(call)
    _need(held, to_send(channel))
    channel.typed_in += 1
    call.world.bell.ring()
    return Reply(204)


@routes.on("POST", "/channels/{channel_id}/threads")
def create_thread(call: Call) -> Reply:
    channel, held = _visible(call)
    kind = int(call.body.get("type") or PRIVATE_THREAD)
    private = kind == PRIVATE_THREAD
    _need(held, Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS)
    thread = call.world.add_thread(channel, call.body["name"], kind, call.world.bot)
    return Reply(201, payloads.channel(thread))


@routes.on("POST", "/channels/{channel_id}/messages/{message_id}/threads")
def create_thread_from_message(call: Call) -> Reply:
    channel, held = _visible(call)
    _need(held, Permission.CREATE_PUBLIC_THREADS)
    message = call.world.message(channel, call.id("message_id"))
    if message.id in call.world.channels:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    thread = call.world.add_thread(channel, call.body["name"], PUBLIC_THREAD, call.world.bot, message.id)
    return Reply(201, payloads.channel(thread))


@routes.on("DELETE", "/channels/{channel_id}")
def delete_channel(call: Call) -> Reply:
    channel, held = _visible(call)
    _need(held, Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS)
    call.world.delete_channel(channel)
    return Reply(200, payloads.channel(channel))
