"""Stories of `rangefinder correct`: what it prints, and its exit statuses."""

import json
from pathlib import Path

import pytest

from tests.bot.conftest import Run

pytestmark = pytest.mark.usefixtures("rules_alone")

TOLD = (
    ("Begun", "2016-02-25", "Leica and Huawei announced a partnership."),
    ("Over", "2022-05-24", "Leica said that its partnership with Huawei ended on 31 March 2022."),
    ("A box", "2023-05-24", "The orange box works together with OnePlus."),
)
HIDE = ("correct", "hide", "Over", "ended on 31 March")


@pytest.fixture
def library(run: Run, tmp_path: Path) -> Run:
    """The command line, with three articles in the library."""
    records = [{"title": title, "published": published, "text": text} for title, published, text in TOLD]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert run("add", "articles.jsonl")[0] == 0
    return run


def verdict(run: Run, *words: str) -> str:
    answer = json.loads(run("ask", "is Leica still with Huawei?", "--json", *words)[1])
    return str(answer["verdict"])


def test_a_correction_says_what_it_changed_and_undoing_takes_it_back(library: Run) -> None:
    assert verdict(library) == "no"
    status, out, err = library(*HIDE)
    assert (status, err) == (0, "")
    assert out.startswith("Correction 1: “Over” (")
    assert out.endswith("ended on 31 March 2022.”. It changes 1 claim in 1 article.\n")
    assert verdict(library) == "yes"
    assert library(*HIDE)[1].startswith("Nothing to do: correction 1 says so already: “Over”")
    status, out, _ = library("correct", "undo", "1")
    assert status == 0
    assert out.startswith("Undone: correction 1, “Over”")
    assert verdict(library) == "no"


def test_each_kind_has_its_words(library: Run) -> None:
    assert library("correct", "alias", "orange box", "Hasselblad") == (
        0,
        "Correction 1: “orange box” stands for Hasselblad. It changes 1 claim in 1 article.\n",
        "",
    )
    merged = library("correct", "merge", "Huawei", "OnePlus")[1]
    assert merged == "Correction 2: Huawei counts as OnePlus. It changes 2 claims in 2 articles.\n"
    dated = library("correct", "date", "A box", "2024-02")[1]
    assert dated.endswith("was published in February 2024. It changes 1 claim in 1 article.\n")
    assert library("correct", "alias", "red dot", "Leica")[1].endswith("It changes no claim.\n")
    assert json.loads(library("status", "--json")[1])["newest"] == "2024-02"


def test_corrections_are_listed_with_their_numbers(library: Run) -> None:
    assert library("correct", "list") == (0, "There are no corrections.\n", "")
    assert library("correct", "list", "--json")[1] == "[]\n"
    for words in (("alias", "red dot", "Leica"), ("merge", "Huawei", "OnePlus"), ("date", "Over", "2021"), HIDE[1:]):
        library("correct", *words)
    library("correct", "undo", "2")
    status, out, _ = library("correct", "list")
    lines = out.splitlines()
    assert status == 0
    assert [line.split()[0] for line in lines] == ["1", "3", "4"]
    assert lines[0].startswith("   1  “red dot” stands for Leica (command line, 2")
    listed = json.loads(library("correct", "list", "--json")[1])
    common = ["number", "kind", "words", "made_by", "made_at"]
    assert [list(one) for one in listed] == [
        [*common, "spelling", "organisation"],
        [*common, "article", "published"],
        [*common, "article", "organisations", "sentence"],
    ]
    assert listed[1]["published"] == "2021"


def test_a_server_has_corrections_of_its_own(library: Run) -> None:
    assert library(*HIDE, "--server", "7")[0] == 0
    assert (verdict(library), verdict(library, "--server", "7"), verdict(library, "--server", "8")) == (
        "no",
        "yes",
        "no",
    )
    assert library("correct", "list")[1] == "There are no corrections.\n"
    assert library("correct", "undo", "1")[0] == 1
    assert library("correct", "undo", "1", "--server", "7")[0] == 0
    assert verdict(library, "--server", "7") == "no"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("undo", "7"), 1),
        (("alias", "red dot", "Nobody"), 1),
        (("merge", "Leica", "Leica"), 1),
        (("hide", "Over", "Xiaomi"), 1),
        (("hide", "Over", "ended", "--pair", "Leica"), 1),
        (("date", "Over", "soon"), 1),
        (("date", "Gone", "2021"), 1),
        (("list", "--server", "x"), 1),
        (("undo", "first"), 2),
        (("date", "Over"), 2),
        (("nonsense",), 2),
        ((), 2),
    ],
)
def test_what_is_wrong_is_one_plain_line(library: Run, words: tuple[str, ...], expected: int) -> None:
    status, out, err = library("correct", *words)
    assert (status, out, err.count("\n")) == (expected, "", 1)
    assert "Traceback" not in err


def test_a_sentence_cannot_colour_the_screen(run: Run, tmp_path: Path) -> None:
    record = {"title": "Red", "text": "Leica \x1b[31m works together with Huawei. Leica works together with Sharp."}
    (tmp_path / "articles.jsonl").write_text(json.dumps(record), encoding="utf-8")
    run("add", "articles.jsonl")
    assert "\x1b" not in "".join(run("correct", "hide", "Red", "works")[1:])
    assert "\x1b" not in "".join(run("correct", "hide", "Red", "Huawei")[1:])
