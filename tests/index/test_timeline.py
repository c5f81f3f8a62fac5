from index.dates import PartialDate
from index.timeline import Status, held_on, status_of
from tests.building import statement


def state(*statements: object) -> str | None:
    found = status_of(statements)  # type: ignore[arg-type]
    return found.state if isinstance(found, Status) else None


def test_nothing_said_is_no_status() -> None:
    assert status_of([]) is None


def test_a_rumour_does_not_end_a_confirmed_partnership() -> None:
    assert state(statement("running"), statement("ended", "rumoured", said="2021-06-01")) == "running"


def test_a_confirmed_end_ends_it_and_says_when() -> None:
    end = statement("ended", "official", said="2022-05-24", until="2022-03-31")
    status = status_of([statement("running"), end])
    assert status
    assert (status.state, status.until) == ("ended", PartialDate(2022, 3, 31))
    assert status.because[0] is end


def test_a_renewal_reopens() -> None:
    ended = statement("ended", said="2021-05-20")
    assert state(statement("running"), ended, statement("agreed", "official", said="2023-01-01")) == "agreed"


def test_a_partys_denial_outranks_an_anonymous_report() -> None:
    assert state(statement("sought", "rumoured"), statement("sought", "denied", said="2021-05-20")) == "refused"


def test_a_denied_end_leaves_the_partnership_running() -> None:
    assert state(statement("running"), statement("ended", negated=True, said="2021-06-01")) == "running"


def test_among_equals_the_later_one_wins() -> None:
    assert state(statement("ended", said="2020-01-01"), statement("running", said="2021-01-01")) == "running"


def test_a_clash_within_days_is_disputed_and_shows_both() -> None:
    one = statement("ended", said="2021-05-15", publisher="One")
    other = statement("running", said="2021-05-16", publisher="Other")
    status = status_of([one, other])
    assert status
    assert status.state == "disputed"
    assert set(status.because) == {one, other}


def test_an_undated_article_is_never_newer_than_a_dated_one() -> None:
    assert state(statement("ended", said=None), statement("running", said="2015")) == "running"


def test_an_article_that_reports_the_end_and_tells_the_history_counts_as_the_end() -> None:
    history = statement("running", said="2022-05-24", text="Leica and Huawei had worked together since 2015.")
    end = statement("ended", said="2022-05-24")
    end = type(end)(history.stored, end.claim)
    assert state(history, end) == "ended"


def test_only_rumours_are_rumoured_and_only_plans_sought() -> None:
    assert state(statement("sought", "rumoured")) == "rumoured"
    assert state(statement("sought", "official")) == "sought"


def test_it_held_between_its_beginning_and_its_end() -> None:
    told = [statement("running", begun="2016"), statement("ended", said="2022-05-24", until="2022-03-31")]
    assert [held_on(told, PartialDate(year)) for year in (2010, 2016, 2019, 2022, 2023)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert held_on([], PartialDate(2019)) is None


def test_the_order_in_which_statements_come_changes_nothing() -> None:
    told = [
        statement("running"),
        statement("ended", said="2022-05-24"),
        statement("sought", "rumoured", said="2021-01-01"),
    ]
    assert status_of(told) == status_of(told[::-1])
