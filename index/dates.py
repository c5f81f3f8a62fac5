"""Dates as articles give them: a day, a month or only a year."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering
from typing import Self

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of the precision that was given. It sorts at its end: 2021 after May 2021 after 3 May 2021."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Raises ValueError for anything else, impossible days included."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a date like 2021, 2021-05 or 2021-05-16")
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is None or year < 1:
            raise ValueError(f"{text!r} has no year")
        date(year, 1 if month is None else month, 1 if day is None else day)  # raises where there is no such day
        return cls(year, month, day)

    @classmethod
    def of(cls, day: date) -> Self:
        """The same day, at full precision."""
        return cls(day.year, day.month, day.day)

    @property
    def first(self) -> date:
        """The first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.last, self.first) < (other.last, other.first)

    def __str__(self) -> str:
        """ISO 8601, at its own precision."""
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
            if self.day:
                parts.append(f"{self.day:02}")
        return "-".join(parts)

    def spoken(self) -> str:
        """As a sentence has it: `31 March 2022`, `May 2021`, `2021`."""
        if self.month is None:
            return str(self.year)
        month = f"{calendar.month_name[self.month]} {self.year}"
        return f"{self.day} {month}" if self.day else month

    def short(self) -> str:
        """As a line of sources has it: `25 Feb 2016`, `May 2021`, `2021`."""
        if self.month is None:
            return str(self.year)
        month = f"{calendar.month_abbr[self.month]} {self.year}"
        return f"{self.day} {month}" if self.day else month

    def older_than(self, months: int, today: date) -> bool:
        """True where even its last day lies more than so many months before `today`."""
        then = today.year * 12 + today.month - 1 - months
        year, month = divmod(then, 12)
        day = min(today.day, calendar.monthrange(year, month + 1)[1])
        return self.last < date(year, month + 1, day)


def is_future(day: PartialDate, today: date) -> bool:
    """True where its first possible day lies after tomorrow: tomorrow has begun already in some time zones."""
    return day.first > today + timedelta(days=1)


def day_of(date: PartialDate | None) -> int:
    """The number of its last day, to compare dates by; 0 where there is none, which is before all others."""
    return date.last.toordinal() if date else 0
