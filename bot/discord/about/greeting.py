"""The first message in a new server: once, where it may be sent."""

from collections.abc import Iterator

import discord
import structlog

from bot.discord.about.render import greeting_card

_log = structlog.get_logger()


async def greet(guild: discord.Guild, me: discord.ClientUser) -> None:
    """Say hello in the first channel that takes it. Were it sent twice, the nonce makes Discord drop the second."""
    view = greeting_card(me.mention)
    for channel in places(guild):
        try:
            await channel.send(view=view, nonce=f"hello-{guild.id}")
        except discord.HTTPException as error:
            _log.info("no first message", guild=guild.id, status=error.status, code=error.code)
        return
    _log.info("no first message", guild=guild.id, reason="no channel to write in")


def places(guild: discord.Guild) -> Iterator[discord.TextChannel]:
    """Channels where the bot may write, the one for system messages first."""
    system = guild.system_channel
    first = [system] if system else []
    for channel in [*first, *(each for each in guild.text_channels if each != system)]:
        held = channel.permissions_for(guild.me)
        if held.view_channel and held.send_messages:
            yield channel
