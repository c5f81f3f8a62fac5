"""What moderators do with their server's articles."""
