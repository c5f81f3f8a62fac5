"""Anything → Article: what a person hands over becomes Articles, or a Refusal that says where and why."""

from index.reading.addresses import canonical, is_address
from index.reading.files import read_path, read_upload
from index.reading.formats import ENDINGS
from index.reading.hints import NO_HINTS, Hints
from index.reading.refusal import Refusal

__all__ = ["ENDINGS", "NO_HINTS", "Hints", "Refusal", "canonical", "is_address", "read_path", "read_upload"]
