"""What the bot is, how to use it, and its first message in a new server."""
