"""All state of one loopback Discord, and every change to it that a bot hears of.

A change is published as an `Event`; the gateway decides which connection may see it and how much.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.loopback import payloads
from tests.loopback.bell import Bell
from tests.loopback.cdn import Cdn
from tests.loopback.clock import Clock
from tests.loopback.errors import unknown_channel, unknown_guild, unknown_message
from tests.loopback.models import (
    DIRECT,
    TEXT,
    Channel,
    Guild,
    Json,
    Member,
    Message,
    Overwrite,
    Role,
    User,
)
from tests.loopback.permissions import HasValue, bits
from tests.loopback.snowflakes import Snowflakes


@dataclass(frozen=True, slots=True)
class Event:
    """A dispatch: its name, its data, the guild it belongs to (None: direct messages), the message if it is one."""

    name: str
    data: Json
    guild: Guild | None = None
    message: Message | None = None


class World:
    """Users, guilds and channels, and the bot among them."""

    def __init__(self, bot_name: str) -> None:
        self.clock = Clock()
        self.ids = Snowflakes(self.clock)
        self.cdn = Cdn(self.ids)
        self.bell = Bell()
        self.clock.moved = self.bell.ring
        self.publish: Callable[[Event], None] = lambda event: None
        self.bot = User(id=self.ids.next(), name=bot_name, bot=True)
        self.application_id = self.bot.id
        self.owner = User(id=self.ids.next(), name="application-owner")
        self.users: dict[int, User] = {self.bot.id: self.bot, self.owner.id: self.owner}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}

    # people and guilds

    def add_guild(self, name: str, bot_permissions: int, everyone: int, owner: User, guild_id: int) -> Guild:
        """A guild that the bot is in; it hears GUILD_CREATE at once where it is connected."""
        guild = Guild(world=self, id=guild_id, name=name, owner_id=owner.id, joined_at=self.clock.timestamp())
        self.guilds[guild.id] = guild
        guild.roles[guild.id] = Role(id=guild.id, name="@everyone", permissions=everyone, position=0)
        self.join(guild, owner)
        managed = self.add_role(guild, self.bot.name, bot_permissions, managed_by=self.bot.id)
        self.join(guild, self.bot, managed)
        self.publish(Event("GUILD_CREATE", payloads.guild_create(guild, self.bot, is_new=True), guild))
        return guild

    def remove_guild(self, guild: Guild) -> None:
        """The bot is thrown out."""
        del self.guilds[guild.id]
        for channel_id in guild.channels:
            del self.channels[channel_id]
        self.publish(Event("GUILD_DELETE", {"id": str(guild.id)}, guild))

    def add_role(
        self, guild: Guild, name: str, permissions: int | HasValue = 0, *, managed_by: int | None = None
    ) -> Role:
        role = Role(
            id=self.ids.next(),
            name=name,
            permissions=bits(permissions),
            position=len(guild.roles),
            managed_by=managed_by,
        )
        guild.roles[role.id] = role
        data = {"guild_id": str(guild.id), "role": payloads.role(role)}
        if self.bot.id in guild.members:
            self.publish(Event("GUILD_ROLE_CREATE", data, guild))
        return role

    def join(self, guild: Guild, user: User, *roles: Role) -> Member:
        """`user` becomes a member, or an old member gets these roles too."""
        member = guild.members.get(user.id)
        if member is None:
            member = Member(user=user, roles=[], joined_at=self.clock.timestamp())
            guild.members[user.id] = member
        member.roles += [role.id for role in roles if role.id not in member.roles]
        return member

    # channels

    def add_text_channel(self, guild: Guild, name: str) -> Channel:
        channel = Channel(world=self, id=self.ids.next(), kind=TEXT, name=name, guild=guild)
        self._keep(channel)
        self.publish(Event("CHANNEL_CREATE", payloads.channel(channel), guild))
        return channel

    def delete_channel(self, channel: Channel) -> None:
        assert channel.guild is not None
        del self.channels[channel.id]
        del channel.guild.channels[channel.id]
        name = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
        self.publish(Event(name, payloads.channel(channel), channel.guild))

    def add_thread(self, parent: Channel, name: str, kind: int, owner: User, thread_id: int | None = None) -> Channel:
        thread = Channel(
            world=self,
            id=thread_id or self.ids.next(),
            kind=kind,
            name=name,
            guild=parent.guild,
            parent=parent,
            owner_id=owner.id,
            created_at=self.clock.timestamp(),
        )
        self._keep(thread)
        self.publish(Event("THREAD_CREATE", payloads.channel(thread) | {"newly_created": True}, parent.guild))
        return thread

    def overwrite(self, channel: Channel, target: Role | User, *, allow: int | HasValue, deny: int | HasValue) -> None:
        """Set what `channel` allows and denies to a role or a member."""
        is_member = isinstance(target, User)
        channel.overwrites[target.id] = Overwrite(target.id, is_member, bits(allow), bits(deny))
        self.publish(Event("CHANNEL_UPDATE", payloads.channel(channel), channel.guild))

    def direct_channel(self, user: User) -> Channel:
        """The one channel between the bot and `user`."""
        for channel in self.channels.values():
            if channel.kind == DIRECT and user in channel.recipients:
                return channel
        channel = Channel(world=self, id=self.ids.next(), kind=DIRECT, recipients=[user, self.bot])
        self.channels[channel.id] = channel
        return channel

    def _keep(self, channel: Channel) -> None:
        assert channel.guild is not None
        self.channels[channel.id] = channel
        channel.guild.channels[channel.id] = channel

    # finding things, or the refusal that Discord gives

    def guild(self, guild_id: int) -> Guild:
        if guild_id not in self.guilds:
            raise unknown_guild()
        return self.guilds[guild_id]

    def channel(self, channel_id: int) -> Channel:
        if channel_id not in self.channels:
            raise unknown_channel()
        return self.channels[channel_id]

    def message(self, channel: Channel, message_id: int) -> Message:
        message = channel.messages.get(message_id)
        if message is None or message.ephemeral:
            raise unknown_message()
        return message

    # messages

    def post(self, message: Message) -> None:
        """Keep a message and tell whoever may see it; an ephemeral one is told to nobody."""
        message.channel.messages[message.id] = message
        self._tell("MESSAGE_CREATE", message)

    def edited(self, message: Message) -> None:
        message.edits += 1
        message.edited_timestamp = self.clock.timestamp()
        self._tell("MESSAGE_UPDATE", message)

    def delete(self, message: Message) -> None:
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        if not message.ephemeral:
            where = {"channel_id": str(message.channel.id)} | guild_part(message.channel)
            self.publish(Event("MESSAGE_DELETE", {"id": str(message.id)} | where, message.channel.guild, message))
        self.bell.ring()

    def _tell(self, name: str, message: Message) -> None:
        if not message.ephemeral:
            self.publish(Event(name, payloads.message(message), message.channel.guild, message))
        self.bell.ring()


def guild_part(channel: Channel) -> Json:
    """`guild_id`, for an event of a guild's channel."""
    return {"guild_id": str(channel.guild.id)} if channel.guild else {}
