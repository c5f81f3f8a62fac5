"""What a Discord is made of: users, guilds, roles, channels, members, messages.

Plain state; `world.py` changes it (a few short-cuts here lead there), `payloads.py` turns it into JSON.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.loopback.permissions import HasValue
    from tests.loopback.world import World

Json = dict[str, Any]

TEXT, DIRECT, NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 10, 11, 12
SUPPRESS_EMBEDS, EPHEMERAL, LOADING, SUPPRESS_NOTIFICATIONS, COMPONENTS_V2 = 1 << 2, 1 << 6, 1 << 7, 1 << 12, 1 << 15


@dataclass(eq=False, kw_only=True)
class User:
    """An account, human or bot."""

    id: int
    name: str
    bot: bool = False
    accepts_direct_messages: bool = True

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"


@dataclass(eq=False, kw_only=True)
class Role:
    """A role; @everyone is the one with the guild's own id."""

    id: int
    name: str
    permissions: int
    position: int
    mentionable: bool = False
    managed_by: int | None = None

    @property
    def mention(self) -> str:
        return f"<@&{self.id}>"


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel allows or denies to one role or one member."""

    target_id: int
    is_member: bool
    allow: int
    deny: int


@dataclass(eq=False, kw_only=True)
class Member:
    """A user in a guild."""

    user: User
    roles: list[int]
    joined_at: str
    nick: str | None = None


@dataclass(eq=False, kw_only=True)
class Channel:
    """A text channel, a direct message or a thread."""

    world: "World"
    id: int
    kind: int
    name: str = ""
    guild: "Guild | None" = None
    parent: "Channel | None" = None
    owner_id: int | None = None
    created_at: str = ""
    auto_archive_minutes: int = 1440
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    recipients: list[User] = field(default_factory=list)
    messages: dict[int, "Message"] = field(default_factory=dict)
    typed_in: int = 0

    @property
    def is_thread(self) -> bool:
        return self.kind in (NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD)

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"

    def set(self, target: "Role | User", *, allow: "int | HasValue" = 0, deny: "int | HasValue" = 0) -> None:
        """Overwrite what a role or a member may do here."""
        self.world.overwrite(self, target, allow=allow, deny=deny)

    def add_thread(self, name: str, owner: User) -> "Channel":
        """A public thread, opened by a member."""
        return self.world.add_thread(self, name, PUBLIC_THREAD, owner)

    def delete(self) -> None:
        self.world.delete_channel(self)

    def last_message_id(self) -> int | None:
        return max(self.messages, default=None)


@dataclass(eq=False, kw_only=True)
class Guild:
    """A server, as its members call it."""

    world: "World"
    id: int
    name: str
    owner_id: int
    joined_at: str
    roles: dict[int, Role] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)

    @property
    def everyone(self) -> Role:
        return self.roles[self.id]

    def add_text_channel(self, name: str) -> Channel:
        return self.world.add_text_channel(self, name)

    def add_role(self, name: str, permissions: "int | HasValue" = 0) -> Role:
        return self.world.add_role(self, name, permissions)

    def join(self, user: User, *roles: Role) -> Member:
        """`user` becomes a member, or gets these roles too."""
        return self.world.join(self, user, *roles)

    def remove_bot(self) -> None:
        """The bot is thrown out; it hears of it where it is connected."""
        self.world.remove_guild(self)

    @property
    def threads(self) -> list[Channel]:
        return [channel for channel in self.channels.values() if channel.is_thread]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sends."""

    filename: str
    content: bytes
    content_type: str = "text/plain; charset=utf-8"
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Pings:
    """Whom a message notified."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a member sees it."""

    label: str
    custom_id: str | None
    url: str | None
    style: int
    disabled: bool


@dataclass(eq=False, kw_only=True)
class Message:
    """A message as it stands now; an edit changes it in place."""

    id: int
    channel: Channel
    author: User
    timestamp: str
    content: str = ""
    kind: int = 0
    flags: int = 0
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    pings: Pings = field(default_factory=Pings)
    reply_to: "Message | None" = None
    nonce: str | int | None = None
    edited_timestamp: str | None = None
    interaction_metadata: Json | None = None
    application_id: int | None = None
    visible_to: int | None = None
    edits: int = 0
    deleted: bool = False

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Shown as "… is thinking"."""
        return bool(self.flags & LOADING)

    @property
    def text(self) -> str:
        """All that it says: the content and every text display, a line each."""
        displays = [part["content"] for part in walk(self.components) if part["type"] == 10]
        return "\n".join(part for part in (self.content, *displays) if part)

    @property
    def parts(self) -> list[Json]:
        """Every component, nested ones too, in the order shown."""
        return list(walk(self.components))

    @property
    def buttons(self) -> list[Button]:
        return [_button(part) for part in walk(self.components) if part["type"] == 2]

    @property
    def selects(self) -> list[Json]:
        return [part for part in walk(self.components) if part["type"] in (3, 5, 6, 7, 8)]


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component below, a container before what it holds."""
    for part in components:
        yield part
        yield from walk(part.get("components") or [])
        yield from walk([held for key in ("accessory", "component") if (held := part.get(key))])


def _button(part: Json) -> Button:
    return Button(
        label=part.get("label") or "",
        custom_id=part.get("custom_id"),
        url=part.get("url"),
        style=part["style"],
        disabled=bool(part.get("disabled")),
    )
