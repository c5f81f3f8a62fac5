"""The link that adds the bot to a server."""

import base64

import discord

from index.errors import PlainError


def invite_link(application_id: int) -> str:
    """With the scopes and the least permissions that the bot takes."""
    permissions = discord.Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        embed_links=True,
        read_message_history=True,
    )
    return discord.utils.oauth_url(application_id, permissions=permissions, scopes=("bot", "applications.commands"))


def application_id_of(token: str) -> int:
    """The application's id, which a token's first part is, in base64. Raises PlainError for what is no token."""
    first = token.strip().split(".", 1)[0]
    try:
        decoded = base64.b64decode(first + "=" * (-len(first) % 4), altchars=b"-_", validate=True).decode("ascii")
    except ValueError:
        decoded = ""
    if not decoded.isdigit() or not 15 <= len(decoded) <= 20:
        raise PlainError(
            "RANGEFINDER_DISCORD_TOKEN is no bot token. Copy it from the Bot page of the developer portal."
        )
    return int(decoded)
