"""What a gateway connection may see: its intents decide which events come and whether a message has content."""

from enum import IntFlag

from tests.loopback import payloads
from tests.loopback.models import DIRECT, Json, Member, Message, User
from tests.loopback.world import Event, guild_part


class Intent(IntFlag):
    """The intents that this server looks at (Topics: Gateway)."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT
HIGHEST = 1 << 26
_NEEDS_NONE = ("INTERACTION_CREATE",)


def hears(intents: int, event: Event) -> bool:
    """Whether a connection with these intents gets this event."""
    if event.name in _NEEDS_NONE:
        return True
    if event.message is None:
        return bool(intents & Intent.GUILDS)
    is_direct = event.message.channel.kind == DIRECT
    return bool(intents & (Intent.DIRECT_MESSAGES if is_direct else Intent.GUILD_MESSAGES))


def reads(message: Message, bot: User, *, content_intent: bool) -> bool:
    """Whether the bot gets content, embeds, components and attachments of this message."""
    mine = message.author.id == bot.id or message.visible_to is not None
    return content_intent or mine or message.channel.kind == DIRECT or bot.id in message.pings.users


def as_seen(intents: int, event: Event, bot: User) -> Json:
    """The event's data for a connection with these intents."""
    message = event.message
    if message is None or event.name == "MESSAGE_DELETE":
        return event.data
    content = bool(intents & Intent.MESSAGE_CONTENT)
    data = _without_media_ids(payloads.message(message, with_content=reads(message, bot, content_intent=content)))
    data |= guild_part(message.channel)
    if message.reply_to is not None:
        replied = message.reply_to
        shown = payloads.message(replied, with_content=reads(replied, bot, content_intent=content))
        data["referenced_message"] = None if replied.deleted else _without_media_ids(shown)
    if message.channel.guild is None:
        return data
    members = message.channel.guild.members
    data["mentions"] = [_with_member(who, members) for who in data["mentions"]]
    return data | _author_as_member(message, members)


def _author_as_member(message: Message, members: dict[int, Member]) -> Json:
    if message.application_id is not None or message.author.id not in members:
        return {}
    return {"member": payloads.member_without_user(members[message.author.id])}


def _with_member(who: Json, members: dict[int, Member]) -> Json:
    return who | {"member": payloads.member_without_user(members[int(who["id"])])}


def _without_media_ids(node: Json) -> Json:
    """Gateway frames show media without the id that REST gives them."""
    return node | {"components": [_strip(part) for part in node["components"]]}


def _strip(part: Json) -> Json:
    stripped = dict(part)
    for key in ("file", "media"):
        if key in part:
            stripped[key] = {name: value for name, value in part[key].items() if name != "id"}
    if "items" in part:
        stripped["items"] = [_strip(item) for item in part["items"]]
    if "components" in part:
        stripped["components"] = [_strip(held) for held in part["components"]]
    if part.get("accessory"):
        stripped["accessory"] = _strip(part["accessory"])
    return stripped
