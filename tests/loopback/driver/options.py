"""A member's values as the data of a slash command, checked as a Discord client checks them."""

from dataclasses import dataclass, field
from typing import Any

from tests.loopback import payloads
from tests.loopback.commands import CHAT_INPUT, GROUP, SUBCOMMAND, Commands, is_offered
from tests.loopback.driver.refusals import RefusedError
from tests.loopback.models import Channel, Guild, Json, Role, Upload, User
from tests.loopback.permissions import in_channel, in_guild
from tests.loopback.world import World

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(3, 12)
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command path, its values, and the option being typed where it is an autocompletion."""

    name: str
    values: Values
    focused: str | None = None
    force: bool = False


def command_data(world: World, commands: Commands, user: User, channel: Channel, call: Invocation) -> Json:
    """The `data` of the interaction. Raises RefusedError."""
    root, *path = call.name.split()
    command = offered(commands, user, channel.guild, root, CHAT_INPUT, force=call.force)
    leaf = _descend(command, path, call.name)
    resolved = _Resolved(world, user, channel.guild)
    options = _options(leaf, call, resolved)
    for depth, part in enumerate(reversed(path)):
        options = [{"name": part, "type": SUBCOMMAND if depth == 0 else GROUP, "options": options}]
    data: Json = {"id": command["id"], "name": command["name"], "type": CHAT_INPUT, "options": options}
    if resolved.found:
        data["resolved"] = resolved.found
    return data | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})


def offered(commands: Commands, user: User, guild: Guild | None, name: str, kind: int, *, force: bool) -> Json:
    """The registered command that this member is shown. Raises RefusedError."""
    command = commands.find(name, kind, guild)
    if command is None:
        raise RefusedError(f"no command {name!r} is registered here; there are {commands.names(guild)}")
    if not force and not is_offered(command, user, guild):
        raise RefusedError(f"Discord does not show {name!r} to {user.name} here")
    return command


def _descend(command: Json, path: list[str], name: str) -> Json:
    node = command
    for part in path:
        below = {option["name"]: option for option in node.get("options") or [] if option["type"] <= GROUP}
        if part not in below:
            raise RefusedError(f"/{name}: no subcommand {part!r}; there are {sorted(below)}")
        node = below[part]
    if any(option["type"] <= GROUP for option in node.get("options") or []):
        raise RefusedError(f"/{name} is not a command by itself; it has subcommands")
    return node


def _options(leaf: Json, call: Invocation, resolved: "_Resolved") -> list[Json]:
    known = {option["name"]: option for option in leaf.get("options") or []}
    if unknown := sorted(set(call.values) - set(known)):
        raise RefusedError(f"/{call.name} has no option {', '.join(unknown)}; there are {sorted(known)}")
    required = {name for name, option in known.items() if option.get("required")}
    if call.focused is None and (missing := sorted(required - set(call.values))):
        raise RefusedError(f"/{call.name} needs {', '.join(missing)}")
    return [_option(known[name], value, call, resolved) for name, value in call.values.items()]


def _option(option: Json, value: Any, call: Invocation, resolved: "_Resolved") -> Json:
    shared = {"name": option["name"], "type": option["type"]}
    if option["name"] == call.focused:
        if not option.get("autocomplete"):
            raise RefusedError(f"/{call.name}: {option['name']} has no autocompletion")
        return shared | {"value": value, "focused": True}
    if not call.force:
        _check(option, value, call.name)
    return shared | {"value": resolved.take(option["type"], value)}


_PYTHON: dict[int, Any] = {
    STRING: str,
    INTEGER: int,
    BOOLEAN: bool,
    USER: User,
    CHANNEL: Channel,
    ROLE: Role,
    MENTIONABLE: (User, Role),
    NUMBER: (int, float),
    ATTACHMENT: Upload,
}


def _check(option: Json, value: Any, command: str) -> None:
    where, kind = f"/{command} {option['name']}", option["type"]
    if not isinstance(value, _PYTHON[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
        raise RefusedError(f"{where}: {value!r} is not of the option's type")
    if kind == STRING:
        least, most = option.get("min_length") or 0, option.get("max_length") or 6000
        if not least <= len(value) <= most:
            raise RefusedError(f"{where}: {len(value)} characters, {least} to {most} allowed")
    if kind in (INTEGER, NUMBER):
        least, most = option.get("min_value", -(2**53)), option.get("max_value", 2**53)
        if not least <= value <= most:
            raise RefusedError(f"{where}: {value}, {least} to {most} allowed")
    choices = [choice["value"] for choice in option.get("choices") or []]
    if choices and value not in choices:
        raise RefusedError(f"{where}: {value!r} is none of {choices}")


@dataclass
class _Resolved:
    """Collects the `resolved` part: what the ids among the values stand for."""

    world: World
    user: User
    guild: Guild | None
    found: Json = field(default_factory=dict)

    def take(self, kind: int, value: Any) -> Any:
        """The value as it is sent."""
        if kind in (STRING, INTEGER, BOOLEAN, NUMBER):
            return value
        if isinstance(value, Upload):
            attachment = self.world.cdn.store(value, ephemeral=True)
            return self._note("attachments", attachment["id"], attachment)
        if isinstance(value, Role):
            return self._note("roles", str(value.id), payloads.role(value))
        if isinstance(value, Channel):
            return self._note("channels", str(value.id), self._channel(value))
        if self.guild and value.id in self.guild.members:
            self._note("members", str(value.id), self._member(self.guild, value))
        return self._note("users", str(value.id), payloads.user(value))

    def _channel(self, channel: Channel) -> Json:
        told = payloads.channel_in_interaction(channel)
        held = str(int(in_channel(channel, self.user)))
        kept = ("id", "name", "type", "parent_id", "thread_metadata") if channel.is_thread else ("id", "name", "type")
        return {key: told[key] for key in kept} | {"permissions": held}

    @staticmethod
    def _member(guild: Guild, user: User) -> Json:
        told = payloads.member_without_user(guild.members[user.id]) | {"permissions": str(int(in_guild(guild, user)))}
        return {key: value for key, value in told.items() if key not in ("mute", "deaf")}

    def _note(self, kind: str, key: str, value: Json) -> str:
        self.found.setdefault(kind, {})[key] = value
        return key
