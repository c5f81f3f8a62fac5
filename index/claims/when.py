"""Dates in a sentence: `on 31 March 2022`, `in May`, `since 2015`, each read from the article's own date."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal, TypeAlias

from index.article import Span
from index.dates import PartialDate

Bound: TypeAlias = Literal["from", "until", "at", "said"]

_MONTHS = (
    [calendar.month_name[n].casefold() for n in range(1, 13)],
    [calendar.month_abbr[n].casefold() for n in range(1, 13)],
)
_MONTH = "|".join(sorted({*_MONTHS[0], *_MONTHS[1], "sept"}, key=len, reverse=True))
_COUNTED = r"(?!\ ?(?:nits|mah|hz|euros?|dollars|yuan|rupees|pounds|people|jobs|workers|employees|units|times)\b)"
_DATE = re.compile(
    rf"""(?<!\w)(?:
        (?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<month1>{_MONTH})\.?(?:,?\ (?P<year1>(?:19|20)\d\d))?
      | (?P<month2>{_MONTH})\.?\ (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\ (?P<year2>(?:19|20)\d\d))?
      | (?P<month3>{_MONTH})\.?,?\ (?:of\ )?(?P<year3>(?:19|20)\d\d)
      | (?P<year4>(?:19|20)\d\d)-(?P<month4>\d\d)(?:-(?P<day4>\d\d))?
      | (?:in|since|of|until|by|from)\ (?P<month5>{_MONTH})(?!\.?\ ?\d|\.?,?\ (?:of\ )?(?:19|20)\d\d)
      | (?:in|since|of|until|by|from|late|early|mid-?)\ ?(?P<year6>(?:19|20)\d\d)(?!-\d\d){_COUNTED}
      | (?<![$€£¥₹])(?<![$€£¥₹]\ )(?P<year7>(?:19|20)\d\d){_COUNTED}
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {word: n for n, word in enumerate(_NUMBERS, 1)} | {"a": 1}
_RELATIVE = re.compile(
    rf"""(?<!\w)(?<!the\ )(?:
        (?P<which>last|this|next)\ (?P<unit>year|month)
      | (?P<count>{"|".join(_COUNTS)}|\d{{1,2}})\ (?P<units>year|month)s?\ ago
      | (?P<yesterday>yesterday)
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_FROM = re.compile(r"(?:since|from|starting|as of|beginning)\s*(?:in|on)?\s*$", re.IGNORECASE)
_UNTIL = re.compile(
    r"(?:until|till|through|up to|(?:end(?:s|ed|ing)?|expir(?:ed?|es|ing)) (?:on|in)|from [\w ]{3,12} to)\s*$",
    re.IGNORECASE,
)
_BEFORE_A_DAY = frozenset(
    [
        "on",
        "by",
        "from",
        "since",
        "until",
        "till",
        "of",
        "the",
        "before",
        "after",
        "and",
        "to",
        "through",
        "around",
        "between",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)


_SAID = re.compile(r"\b(?:reported|wrote|said|told|stated|declared|noted)(?: so| it)?(?: on| in)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """A date that a text tells, where it stands, and what the words before it make it: one end of a period, the day on
    which somebody said what is told, or none of these."""

    date: PartialDate
    span: Span
    bound: Bound


_TO_COME = re.compile(
    r"\b(?:will|begins?|starts?|starting|due|expects?|expected|planned|plans|scheduled|slated|set to|arrives?|launches"
    r"|opens|expires?)\b(?!.*\b(?:was|were|had|did)\b)[^.;!?]*$",
    re.IGNORECASE,
)


def dates_in(text: str, said: PartialDate | None = None, *, relative: bool = True) -> Iterator[Told]:
    """All dates in a text in order. A day or month without a year is that nearest to `said`, or the next one where the
    words before speak of what is to come; without `said` it is left out, and so is `last year`, which `relative` leaves
    out always."""
    written = [*_DATE.finditer(text), *(_RELATIVE.finditer(text) if relative and said else ())]
    end = 0
    for match in sorted(written, key=lambda found: found.start()):
        if match.start() < end:
            continue
        day = _counted_from(match, said) if match.re is _RELATIVE and said else _written(text, match, said)
        if day is not None:
            end = match.end()
            yield Told(day, Span(match.start(), end), _bound(text, match))


def _written(text: str, match: re.Match[str], said: PartialDate | None) -> PartialDate | None:
    parts = {name[:-1]: value for name, value in match.groupdict().items() if value}
    if _is_the_verb(text, match, parts):
        return None
    to_come = bool(_TO_COME.search(text[max(0, match.start() - 60) : match.start()]))
    return _date(parts, said, began=_opening(match) == "since", to_come=to_come)


def _counted_from(match: re.Match[str], said: PartialDate) -> PartialDate | None:
    """The date of `last year`, `two months ago` or `yesterday` in an article of `said`, if that is exact enough."""
    if match["yesterday"]:
        return PartialDate.of(said.first - timedelta(days=1)) if said.day and said.first > date.min else None
    if match["which"]:
        by, unit = {"last": -1, "this": 0, "next": 1}[match["which"].casefold()], match["unit"]
    else:
        count = match["count"].casefold()
        by, unit = -_COUNTS.get(count, int(count) if count.isdigit() else 0), match["units"]
    is_month = unit.casefold() == "month"
    if is_month and said.month is None:
        return None
    year, month = divmod(said.year * 12 + (said.month or 1) - 1 + by * (1 if is_month else 12), 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return PartialDate(year, month + 1 if is_month else None)


def _is_the_verb(text: str, match: re.Match[str], parts: dict[str, str]) -> bool:
    """Whether "may" is no month: `the OnePlus 9 may use …`, `the phones it gets from may change`."""
    if parts.get("month", "").casefold() != "may" or "year" in parts:
        return False
    if match["day1"]:
        before = re.search(r"([\w’']+)\s$", text[max(0, match.start() - 20) : match.start()])
        return before is not None and before[1].casefold() not in _BEFORE_A_DAY
    return match["month5"] == "may" and _opening(match) in ("of", "by", "from")


def _opening(match: re.Match[str]) -> str:
    return match.group().split(" ", 1)[0].casefold()


def _bound(text: str, match: re.Match[str]) -> Bound:
    before = text[max(0, match.start() - 20) : match.start()]
    opening = _opening(match)
    if opening in ("since", "from") or _FROM.search(before):
        return "from"
    if opening == "until" or _UNTIL.search(before):
        return "until"
    return "said" if _SAID.search(text[max(0, match.start() - 30) : match.start()] + _preposition(match)) else "at"


def _preposition(match: re.Match[str]) -> str:
    """The `in` that a match begins with, which belongs to the verb before it."""
    return "in" if match.group().casefold().startswith("in ") else ""


def _date(parts: dict[str, str], said: PartialDate | None, *, began: bool, to_come: bool) -> PartialDate | None:
    month = _month(parts.get("month"))
    day = int(parts["day"]) if "day" in parts else None
    if "year" in parts:
        year = int(parts["year"])
    elif said is None or month is None:
        return None
    else:
        year = _nearest_year(month, said)
        if began and said.month and (year, month) > (said.year, said.month):
            year -= 1
        elif to_come and said.month and (year, month) < (said.year, said.month):
            year += 1
    if month == 0 or day == 0:
        return None
    try:
        return PartialDate.parse("-".join(f"{n:02}" for n in (year, month, day) if n is not None))
    except ValueError:
        return None


def _nearest_year(month: int, said: PartialDate) -> int:
    distance = month - (said.month or 6)
    return said.year + (-1 if distance > 6 else 1 if distance < -6 else 0)


def _month(word: str | None) -> int | None:
    if word is None:
        return None
    if word.isdigit():
        return int(word)
    return next((i + 1 for i, name in enumerate(_MONTHS[1]) if word.casefold().startswith(name)), None)
