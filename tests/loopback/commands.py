"""The application's commands, as the bot registered them."""

import re

from tests.loopback.errors import Problems
from tests.loopback.models import Guild, Json, User
from tests.loopback.permissions import Permission, in_guild
from tests.loopback.snowflakes import Snowflakes

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP = 1, 2
MOST = {CHAT_INPUT: 100, USER_MENU: 5, MESSAGE_MENU: 5}
_NAME = re.compile(r"^[-_'\w]{1,32}$")


class Commands:
    """Global commands under None, a guild's own under its id."""

    def __init__(self, ids: Snowflakes, application_id: int) -> None:
        self._ids = ids
        self._application_id = application_id
        self._by_scope: dict[int | None, list[Json]] = {}
        self.overwrites = 0

    def all(self, scope: int | None) -> list[Json]:
        return self._by_scope.get(scope, [])

    def overwrite(self, scope: int | None, bodies: list[Json]) -> list[Json]:
        """Replace all commands of a scope. Raises ApiError 50035."""
        _check_commands(bodies)
        self._by_scope[scope] = [self._registered(scope, body) for body in bodies]
        self.overwrites += 1
        return self._by_scope[scope]

    def find(self, name: str, kind: int, guild: Guild | None) -> Json | None:
        """The command that `name` invokes here: the guild's own before the global one."""
        scopes = [guild.id, None] if guild else [None]
        named = [each for scope in scopes for each in self.all(scope) if (each["name"], each["type"]) == (name, kind)]
        return named[0] if named else None

    def names(self, guild: Guild | None) -> list[str]:
        return sorted({each["name"] for scope in {None, guild.id if guild else None} for each in self.all(scope)})

    def _registered(self, scope: int | None, body: Json) -> Json:
        permissions = body.get("default_member_permissions")
        where = {"guild_id": str(scope)} if scope else {"contexts": _contexts(body)}
        return {
            "id": str(self._ids.next()),
            "application_id": str(self._application_id),
            "version": str(self._ids.next()),
            "type": body.get("type") or CHAT_INPUT,
            "name": body["name"],
            "description": body.get("description") or "",
            "options": body.get("options") or [],
            "default_member_permissions": None if permissions is None else str(permissions),
            "integration_types": body.get("integration_types") or [0],
            "nsfw": bool(body.get("nsfw")),
        } | where


def _contexts(body: Json) -> list[int]:
    if body.get("contexts") is not None:
        return list(body["contexts"])
    return [0] if body.get("dm_permission") is False else [0, 1]


def is_offered(command: Json, user: User, guild: Guild | None) -> bool:
    """Whether Discord shows this command to `user` there: contexts, then default_member_permissions."""
    if guild is None:
        return "contexts" in command and 1 in command["contexts"]
    if "contexts" in command and 0 not in command["contexts"]:
        return False
    needed = command["default_member_permissions"]
    if needed is None:
        return True
    held = in_guild(guild, user)
    return bool(held & Permission.ADMINISTRATOR) or (int(needed) != 0 and held & int(needed) == int(needed))


def _check_commands(bodies: list[Json]) -> None:
    problems = Problems()
    for kind, most in MOST.items():
        of_kind = [body for body in bodies if (body.get("type") or CHAT_INPUT) == kind]
        if len(of_kind) > most:
            problems.add("_", "APPLICATION_COMMANDS_TOO_MANY", f"More than {most} commands of type {kind}")
        if len({body["name"] for body in of_kind}) < len(of_kind):
            problems.add("_", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
    for index, body in enumerate(bodies):
        if (body.get("type") or CHAT_INPUT) == CHAT_INPUT:
            _check_named(body, str(index), problems)
            if _size(body) > 8000:
                problems.add(str(index), "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
        else:
            problems.length(f"{index}.name", body["name"], 32, 1)
    problems.refuse()


def _check_named(body: Json, where: str, problems: Problems) -> None:
    if not _NAME.match(body["name"]) or body["name"] != body["name"].lower():
        problems.add(f"{where}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    problems.length(f"{where}.description", body.get("description"), 100, 1)
    options = body.get("options") or []
    choices = body.get("choices") or []
    if len(options) > 25:
        problems.add(f"{where}.options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    if len(choices) > 25:
        problems.add(f"{where}.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for number, choice in enumerate(choices):
        problems.length(f"{where}.choices.{number}.name", choice["name"], 100, 1)
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        text = "Required options must be placed before non-required options"
        problems.add(f"{where}.options", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
    for number, option in enumerate(options):
        _check_named(option, f"{where}.options.{number}", problems)


def _size(body: Json) -> int:
    """Characters of a command: names, descriptions and choices, all the way down."""
    own = len(body["name"]) + len(body.get("description") or "")
    own += sum(len(choice["name"]) + len(str(choice["value"])) for choice in body.get("choices") or [])
    return own + sum(_size(option) for option in body.get("options") or [])
