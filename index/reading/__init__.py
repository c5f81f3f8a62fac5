"""Anything → Article: what a person hands over becomes Articles, or a Refusal that says where and why."""

from index.reading.addresses import canonical, is_address
from index.reading.fetcher import Fetcher, Page
from index.reading.files import read_path, read_upload
from index.reading.formats import ENDINGS
from index.reading.hints import NO_HINTS, Hints
from index.reading.page import read_page
from index.reading.refusal import Refusal

__all__ = [
    "ENDINGS",
    "NO_HINTS",
    "Fetcher",
    "Hints",
    "Page",
    "Refusal",
    "canonical",
    "is_address",
    "read_page",
    "read_path",
    "read_upload",
]
