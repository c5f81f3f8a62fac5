"""Who may do what where, computed as Discord documents it (Topics: Permissions)."""

from enum import IntFlag
from typing import Protocol

from tests.loopback.models import Channel, Guild, User


class Permission(IntFlag):
    """The permissions that this server looks at; any other bit is kept and handed on."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38


ALL = (1 << 53) - 1
EVERYONE_BY_DEFAULT = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
IN_A_DIRECT_MESSAGE = int(EVERYONE_BY_DEFAULT)


class HasValue(Protocol):
    """`discord.Permissions`, without importing it here."""

    value: int


def bits(permissions: int | HasValue) -> int:
    return permissions if isinstance(permissions, int) else permissions.value


def in_guild(guild: Guild, user: User) -> int:
    """What roles give; owner and administrators hold everything."""
    if guild.owner_id == user.id:
        return ALL
    member = guild.members.get(user.id)
    if member is None:
        return 0
    held = guild.everyone.permissions
    for role_id in member.roles:
        held |= guild.roles[role_id].permissions
    return ALL if held & Permission.ADMINISTRATOR else held


def in_channel(channel: Channel, user: User) -> int:
    """What is left after the channel's overwrites (a thread takes its parent's); 0 where it cannot be seen."""
    if channel.guild is None:
        return IN_A_DIRECT_MESSAGE if user.id in {each.id for each in channel.recipients} else 0
    held = in_guild(channel.guild, user)
    if held == ALL:
        return ALL
    member = channel.guild.members.get(user.id)
    if member is None:
        return 0
    overwrites = (channel.parent or channel).overwrites
    if everyone := overwrites.get(channel.guild.id):
        held = held & ~everyone.deny | everyone.allow
    of_roles = [overwrites[role] for role in member.roles if role in overwrites]
    for overwrite in of_roles:
        held &= ~overwrite.deny
    for overwrite in of_roles:
        held |= overwrite.allow
    if own := overwrites.get(user.id):
        held = held & ~own.deny | own.allow
    return held if held & Permission.VIEW_CHANNEL else 0


def to_send(channel: Channel) -> Permission:
    """The permission that sending in this channel takes."""
    return Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
