"""Rumours: the latest, and what became of them."""
