"""The date an article gives for itself → PartialDate, strictly."""

import re
from datetime import date, datetime

from index.dates import PartialDate, is_future
from index.errors import PlainError
from index.reading.words import shown

_TIMESTAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:?\d{2}.*", re.ASCII)


def parse_published(written: str) -> PartialDate:
    """`YYYY[-MM[-DD]]`, or an ISO 8601 timestamp cut to its day. Raises PlainError for anything else."""
    written = written.strip()
    day = written
    try:
        if match := _TIMESTAMP.fullmatch(written):
            datetime.fromisoformat(written)
            day = match[1]
        return PartialDate.parse(day)
    except ValueError:
        raise PlainError(
            f"The date {shown(written)} is none that can be read; write YYYY-MM-DD, YYYY-MM or YYYY."
        ) from None


def refuse_future(published: PartialDate, today: date) -> None:
    """Raises PlainError where the date has not begun anywhere in the world."""
    if is_future(published, today):
        raise PlainError(f"The date {published} lies in the future; correct the date it was published.")
