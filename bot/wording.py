"""Answers → sentences, from `templates.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from bot.answer import Verdict
from index.dates import PartialDate


def say(group: str, name: str, **words: object) -> str:
    """A template of a group, filled in. Raises KeyError where there is none of that name, or a word is missing."""
    template: str = _table()[group][name]
    return template.format(**words)


def age_warning(newest: PartialDate) -> str:
    """What an answer about the present says first where its evidence is old."""
    warning: str = _table()["age_warning"]
    return warning.format(date=newest.spoken() if newest.day is None else month_of(newest).spoken())


def with_verdict(verdict: Verdict, statement: str) -> str:
    """The bare verdict and the statement after it."""
    return f"{say('verdict', verdict)} {statement}"


def on_date(date: PartialDate) -> str:
    """`on 31 March 2022`, `in May 2021`, `in 2021`."""
    return f"{'on' if date.day else 'in'} {date.spoken()}"


def joined(names: list[str]) -> str:
    """`Honor, Sharp and Xiaomi`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def month_of(date: PartialDate) -> PartialDate:
    """The month of a date."""
    return PartialDate(date.year, date.month)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("bot").joinpath("templates.toml").read_text(encoding="utf-8"))
