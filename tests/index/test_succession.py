"""Who came after a partnership that ended."""

import pytest

from index.article import Phase, Standing
from index.snapshot import Statement
from index.succession import Successor, successor
from index.timeline import status_of
from tests.building import statement

BEGUN = statement("running", said="2016-04-06", begun="2016", scope="cameras", text="Leica and Huawei make cameras.")
ENDED = statement(
    "ended", "official", said="2022-05-24", until="2022-03-31", scope="cameras", text="Leica and Huawei parted."
)


def other(
    text: str,
    phase: Phase = "running",
    standing: Standing = "reported",
    *,
    said: str = "2022-07-04",
    begun: str | None = None,
    scope: str | None = None,
    partner: str = "Xiaomi",
) -> Statement:
    return statement(
        phase, standing, said=said, text=text, begun=begun, scope=scope, pair=("Leica", partner), publisher="The Herald"
    )


SINCE = other("Leica and Xiaomi have made cameras since May 2022.", begun="2022-05", scope="cameras")


def after(*others: Statement) -> Successor | None:
    status = status_of([BEGUN, ENDED])
    assert status
    return successor(status, others)


def test_who_began_in_the_same_field_when_it_was_over_came_after() -> None:
    found = after(SINCE)
    assert found
    assert (found.party, found.partner, str(found.since)) == ("Leica", "Xiaomi", "2022-05")


def test_a_word_of_a_succession_tells_it_without_a_date_or_a_field() -> None:
    found = after(other("Leica will work with Xiaomi instead.", "agreed"))
    assert found
    assert (found.partner, found.since) == ("Xiaomi", None)


@pytest.mark.parametrize(
    "no_successor",
    [
        other("Leica and Xiaomi work together."),  # no word, no field, no date of it
        other("Leica has worked with Panasonic since 2001.", begun="2001", scope="cameras", partner="Panasonic"),
        other("Leica will work with Xiaomi instead, a leak says.", "agreed", "rumoured"),
        other("Leica wants to work with Xiaomi instead.", "sought"),
        other("It will work with Xiaomi instead.", "agreed"),  # its words do not say who
    ],
    ids=lambda s: s.quote.text,
)
def test_no_successor(no_successor: Statement) -> None:
    assert after(no_successor) is None


def test_one_that_is_gone_again_is_no_successor() -> None:
    gone = other("Leica and Xiaomi have parted.", "ended", "official", said="2024-01-01")
    assert after(SINCE, gone) is None


def test_where_it_goes_on_nobody_came_after() -> None:
    status = status_of([BEGUN])
    assert status
    assert successor(status, [SINCE]) is None


def test_the_one_told_in_words_goes_before_one_that_began_nearer() -> None:
    near = other("Leica has made cameras with Sharp since 2022.", begun="2022-04", scope="cameras", partner="Sharp")
    told = other("Leica will work with Xiaomi instead.", "agreed", said="2022-06-01")
    for order in ((near, told), (told, near)):
        found = after(*order)
        assert found
        assert found.partner == "Xiaomi"
