"""Commands are told to Discord when they have changed, not at every start."""

import asyncio
import hashlib
import json
from pathlib import Path

import discord
import structlog

from bot.discord.errors import Tree

_log = structlog.get_logger()


async def sync_if_changed(tree: Tree, application_id: int, file: Path) -> bool:
    """Register the commands unless `file` says that these are registered. Returns whether it did.

    A failure is logged, and tried again at the next start: the commands of before keep working.
    """
    wanted = tree_hash(tree, application_id)
    if await asyncio.to_thread(_read, file) == wanted:
        return False
    try:
        await tree.sync()
    except discord.HTTPException as error:
        _log.error("commands were not registered", status=error.status, code=error.code)
        return False
    await asyncio.to_thread(file.write_text, f"{wanted}\n", encoding="utf-8")
    return True


def _read(file: Path) -> str:
    """What an earlier start left; empty where there was none, or it is damaged."""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def tree_hash(tree: Tree, application_id: int) -> str:
    """Changes with any command, and with the application."""
    commands = [command.to_dict(tree) for command in tree.get_commands()]
    told = json.dumps([application_id, commands], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
