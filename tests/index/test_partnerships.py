"""Where partnerships stand on a date, and the spans in which they held."""

import random
from collections import defaultdict
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from index.dates import PartialDate
from index.snapshot import Statement
from index.timeline import Partnership, history, partnerships, status_of
from tests.building import statement

TODAY = date(2026, 11, 25)
BEGUN = statement("agreed", "official", said="2016-02-25", publisher="One")
RUNNING = statement("running", said="2019-04-06", begun="2016", publisher="Two")
ENDED = statement("ended", "official", said="2022-05-24", until="2022-03-31", publisher="Three")
RENEWED = statement("agreed", "official", said="2024-02-01", publisher="Four")
ENDED_AGAIN = statement("ended", said="2025-07-01", until="2025-06", publisher="Five")


def by_pair(*statements: Statement) -> dict[frozenset[str], list[Statement]]:
    found: defaultdict[frozenset[str], list[Statement]] = defaultdict(list)
    for one in statements:
        found[one.claim.pair].append(one)
    return found


def spans(*statements: Statement) -> list[tuple[str, str, str]]:
    return [told(p) for p in history(by_pair(*statements), TODAY)]


def told(one: Partnership) -> tuple[str, str, str]:
    return one.status, str(one.since or ""), str(one.until or "")


def now(*statements: Statement, as_of: str | None = None) -> list[Partnership]:
    return partnerships(by_pair(*statements), PartialDate.parse(as_of) if as_of else None, TODAY)


def with_xiaomi(phase: str, standing: str = "official", **more: str) -> Statement:
    return statement(phase, standing, pair=("Leica", "Xiaomi"), **more)  # type: ignore[arg-type]


def test_nothing_said_is_no_partnership() -> None:
    assert now() == []
    assert spans() == []


def test_a_partnership_says_since_when_until_when_and_why() -> None:
    (one,) = now(BEGUN, RUNNING, ENDED)
    assert one.organisations == ("Huawei", "Leica")
    assert told(one) == ("ended", "2016", "2022-03-31")
    assert one.because == (ENDED, RUNNING)


def test_where_no_date_is_told_an_agreement_and_an_end_are_dated_by_their_first_report() -> None:
    bare = statement("ended", said="2022-05-24")
    again = statement("ended", said="2023-01-01", publisher="Another")
    (one,) = now(BEGUN, bare, again)
    assert told(one) == ("ended", "2016-02-25", "2022-05-24")
    assert one.because == (again, bare, BEGUN)


def test_what_is_only_known_to_run_began_nobody_knows_when() -> None:
    (one,) = now(statement("running", said="2021-05-16"))
    assert told(one) == ("running", "", "")


def test_as_of_a_date_tells_what_was_known_then() -> None:
    assert [told(p) for p in now(BEGUN, ENDED, as_of="2021")] == [("agreed", "2016-02-25", "")]
    assert now(BEGUN, ENDED, as_of="2015") == []
    assert now(statement("running", said=None), as_of="2021") == []


def test_an_end_that_is_announced_has_not_come_yet() -> None:
    announced = statement("ended", "official", said="2022-01-10", until="2022-03-31")
    assert [told(p) for p in now(BEGUN, announced, as_of="2022-02-01")] == [("running", "2016-02-25", "2022-03-31")]
    assert [told(p) for p in now(BEGUN, announced, as_of="2022-03-31")] == [("ended", "2016-02-25", "2022-03-31")]


def test_what_holds_comes_first_then_what_may_come_then_what_is_over_the_newest_first() -> None:
    names = {
        "Xiaomi": ("agreed", "official", "2022-05-23"),
        "Sharp": ("running", "reported", "2021-06-17"),
        "Honor": ("sought", "rumoured", "2021-05-17"),
        "Nokia": ("sought", "official", "2023-01-01"),
        "Huawei": ("ended", "official", "2022-05-24"),
        "Kodak": ("ended", "reported", "2023-05-24"),
    }
    statements = [
        statement(phase, standing, said=said, pair=("Leica", name))  # type: ignore[arg-type]
        for name, (phase, standing, said) in names.items()
    ]
    found = [next(n for n in p.organisations if n != "Leica") for p in now(*statements)]
    assert found == ["Xiaomi", "Sharp", "Nokia", "Honor", "Kodak", "Huawei"]


def test_what_ended_and_was_renewed_has_two_spans() -> None:
    assert spans(BEGUN, RUNNING, ENDED, RENEWED) == [("ended", "2016", "2022-03-31"), ("agreed", "2024-02-01", "")]
    assert spans(BEGUN, RUNNING, ENDED, RENEWED, ENDED_AGAIN)[1] == ("ended", "2024-02-01", "2025-06")
    (one,) = now(BEGUN, RUNNING, ENDED, RENEWED)
    assert told(one) == ("agreed", "2024-02-01", "")
    assert one.because == (RENEWED,)


def test_one_that_ended_and_another_that_began_stand_in_order() -> None:
    found = history(by_pair(with_xiaomi("agreed", said="2022-05-23"), ENDED, BEGUN), TODAY)
    assert [p.organisations for p in found] == [("Huawei", "Leica"), ("Leica", "Xiaomi")]


def test_an_end_that_a_party_takes_back_divides_nothing() -> None:
    not_so = statement("ended", "official", negated=True, said="2022-06-24")
    assert spans(BEGUN, RUNNING, statement("ended", said="2022-05-24"), not_so) == [("running", "2016", "")]


def test_a_clash_within_days_is_one_disputed_span() -> None:
    one = statement("ended", said="2021-05-15", publisher="One")
    other = statement("running", said="2021-05-16", publisher="Other")
    (found,) = history(by_pair(RUNNING, one, other), TODAY)
    assert found.status == "disputed"
    assert set(found.because) >= {one, other}


def test_the_history_that_an_article_on_the_end_tells_dates_the_beginning() -> None:
    told_beside = statement("running", said="2022-05-24", begun="2015", publisher="Three")
    history_in_it = type(ENDED)(ENDED.stored, told_beside.claim)
    assert spans(ENDED, history_in_it) == [("ended", "2015", "2022-03-31")]


def test_a_rumour_after_an_end_is_a_span_of_its_own_but_reopens_nothing() -> None:
    rumour = statement("sought", "rumoured", said="2024-01-01")
    assert spans(BEGUN, ENDED, rumour)[-1] == ("rumoured", "", "")
    assert [p.status for p in now(BEGUN, ENDED, rumour)] == ["ended"]


def test_a_rumour_that_came_true_is_no_span() -> None:
    assert spans(statement("sought", "rumoured", said="2015-06-01"), BEGUN) == [("agreed", "2016-02-25", "")]


def test_what_was_refused_and_then_agreed_are_two() -> None:
    refused = statement("refused", "official", said="2017-03-01")
    assert spans(refused, RENEWED) == [("refused", "", ""), ("agreed", "2024-02-01", "")]


LENSES = statement("running", said="2019-01-01", begun="2018", scope="lenses", publisher="One")
CAMERAS = statement("running", said="2019-01-01", begun="2016", scope="phone cameras", publisher="Two")


def test_an_end_closes_its_own_scope_only() -> None:
    end = statement("ended", said="2022-05-24", scope="phone cameras", publisher="Three")
    assert {p.scope: p.status for p in now(LENSES, CAMERAS, end)} == {"lenses": "running", "phone cameras": "ended"}


def test_an_end_of_unknown_scope_closes_all_and_is_told_once() -> None:
    end = statement("ended", said="2022-05-24", publisher="Three")
    (one,) = now(LENSES, CAMERAS, end)
    assert (one.scope, *told(one)) == (None, "ended", "2016", "2022-05-24")
    assert one.because[0] == end
    assert len(history(by_pair(LENSES, CAMERAS, end), TODAY)) == 1


def test_a_history_in_an_article_on_one_scope_revives_no_other() -> None:
    end = statement("ended", said="2022-05-24", scope="phone cameras", publisher="Three")
    looks_back = type(end)(end.stored, statement("agreed", begun="2004").claim)
    assert {p.scope: p.status for p in now(LENSES, CAMERAS, end, looks_back)}["phone cameras"] == "ended"
    lenses = next(p for p in now(LENSES, CAMERAS, end, looks_back) if p.scope == "lenses")
    assert told(lenses) == ("running", "2018", "")


STATEMENTS = st.lists(
    st.builds(
        statement,
        st.sampled_from(["sought", "agreed", "running", "ended", "refused"]),
        st.sampled_from(["official", "reported", "rumoured", "denied"]),
        said=st.sampled_from([None, "2015", "2021-05", "2021-05-14", "2021-05-16", "2022-01-01"]),
        negated=st.booleans(),
        begun=st.sampled_from([None, "2014", "2021-05-15"]),
        until=st.sampled_from([None, "2016", "2021-05-15", "2030"]),
        publisher=st.sampled_from(["One", "Two", "Three"]),
    ),
    max_size=7,
    unique_by=lambda s: s.stored.id,
)


@given(STATEMENTS, st.randoms(use_true_random=False))
def test_the_order_of_adding_decides_nothing(told: list[Statement], chance: random.Random) -> None:
    shuffled = chance.sample(told, len(told))
    assert partnerships(by_pair(*told)) == partnerships(by_pair(*shuffled))
    assert history(by_pair(*told)) == history(by_pair(*shuffled))


@given(STATEMENTS)
def test_every_span_rests_on_statements_and_the_state_is_that_of_the_answers(told: list[Statement]) -> None:
    for span in history(by_pair(*told)):
        assert span.because
        assert set(span.because) <= set(told)
        assert not (span.since and span.until) or span.since <= span.until
    status = status_of(told)
    assert [p.status for p in partnerships(by_pair(*told))] == ([status.state] if status else [])
