"""Asking: by a mention, by a direct message, by `/ask`."""
