"""Partnerships: who works with whom, and since when until when."""
