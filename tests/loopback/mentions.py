"""Whom a message notifies: what its text mentions, cut down by `allowed_mentions`.

Who may mention @everyone is not looked at for the bot, on purpose: a text that would ping wherever the
permission is given is what a test must hear of.
"""

import re

from tests.loopback.errors import Problems
from tests.loopback.models import Json, Message, Pings

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(everyone|here)\b")


def mentioned(text: str) -> Pings:
    """All that a text mentions."""
    return Pings(
        users=frozenset(map(int, _USER.findall(text))),
        roles=frozenset(map(int, _ROLE.findall(text))),
        everyone=bool(_EVERYONE.search(text)),
    )


def pings(text: str, allowed: Json | None, reply_to: Message | None) -> Pings:
    """What of it notifies; without `allowed_mentions`, everything, and whoever is replied to."""
    found = mentioned(text)
    replied = frozenset({reply_to.author.id}) if reply_to else frozenset()
    if allowed is None:
        return Pings(found.users | replied, found.roles, found.everyone)
    parse = allowed.get("parse") or []
    users = found.users if "users" in parse else found.users & _ids(allowed.get("users"))
    roles = found.roles if "roles" in parse else found.roles & _ids(allowed.get("roles"))
    if allowed.get("replied_user"):
        users |= replied
    return Pings(users, roles, found.everyone and "everyone" in parse)


def check_allowed_mentions(allowed: Json | None, problems: Problems) -> None:
    """Naming users or roles beside parsing all of them is refused, and so are more than 100."""
    for kind in ("users", "roles"):
        named = (allowed or {}).get(kind) or []
        if named and kind in ((allowed or {}).get("parse") or []):
            where = "allowed_mentions"
            problems.add(where, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", f'parse:["{kind}"] and {kind}: [ids...]')
        if len(named) > 100:
            problems.add(f"allowed_mentions.{kind}", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")


def _ids(values: list[str | int] | None) -> frozenset[int]:
    return frozenset(int(value) for value in values or [])
