"""The command line: every command does what the bot does in Discord."""

from bot.terminal.commands import main

__all__ = ["main"]
