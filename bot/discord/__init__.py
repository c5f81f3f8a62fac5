"""The conversation in Discord. Only this package imports discord.py."""

from bot.discord.invite import application_id_of, invite_link
from bot.discord.serving import serve

__all__ = ["application_id_of", "invite_link", "serve"]
