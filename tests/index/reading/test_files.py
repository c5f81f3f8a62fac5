"""Files, folders and uploads."""

import os
import time
from datetime import date
from pathlib import Path

import pytest

from index.article import Article
from index.dates import PartialDate
from index.reading import Hints, Refusal, read_path

TODAY = date(2024, 6, 1)


def read(path: Path, hints: Hints | None = None) -> list[Article | Refusal]:
    return list(read_path(path, today=TODAY, hints=hints or Hints(), most_bytes=1000))


def titles(found: list[Article | Refusal]) -> list[str]:
    return [item.title for item in found if isinstance(item, Article)]


def test_a_text_file_is_titled_by_its_first_line_and_kept_whole(article):
    found = article("a.txt", "\n  Leica and Huawei \nIt ended.\n")
    assert (found.title, found.text) == ("Leica and Huawei", "\n  Leica and Huawei \nIt ended.\n")


def test_a_first_line_too_long_for_a_title_is_cut_at_a_word(article):
    found = article("a.txt", "word " * 200)
    assert len(found.title) <= 500
    assert found.title.endswith("word…")
    assert found.text == "word " * 200


def test_an_unbroken_line_still_gives_a_title(article):
    assert article("a.txt", "x" * 2000).title == "x" * 499 + "…"


def test_a_byte_order_mark_is_accepted(article):
    assert article("a.txt", b"\xef\xbb\xbfTitle\nText").text == "Title\nText"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "It is empty"),
        ("a.txt", b" \n\t\n", "It has no title"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" * 9, "binary file"),
        ("a.txt", b"Title\n" + b"text " * 200 + b"\x00", "NUL bytes"),
        ("a.txt", "Café".encode("latin-1"), "not written in UTF-8"),
        ("a.txt", "Title".encode("utf-16"), "save it as UTF-8"),
        ("a.md", "Title".encode("utf-32"), "save it as UTF-8"),
        ("a.json", "{}".encode("utf-16-be"), "binary file"),
        ("a.txt", b"x" * 10_001, "It has 10 KB, and at most 10 KB are read"),
        ("a.pdf", b"%PDF", "Files that end in .pdf cannot be read"),
        ("a", b"x", "Its name has no ending"),
        (".md", b"x", "Its name has no ending"),
        ("a.jsonl", b"\n\n", "It is empty"),
        ("a.jsonl", "{}".encode("utf-16"), "save it as UTF-8"),
        ("a.jsonl", b"\x00\x01\x02\n" * 500, "binary file"),
    ],
)
def test_what_cannot_be_read_says_why_in_one_line(refusal, name, data, reason):
    line = refusal(name, data)
    assert line.startswith(f"{name}: ")
    assert reason in line


def test_hints_override_what_the_thing_says(article):
    hints = Hints(title="Mine", publisher="P", published=PartialDate(2020), url="https://a.example/x#y")
    found = article("a.md", "---\ntitle: T\npublished: whenever\nurl: nowhere\n---\nText.", hints)
    assert (found.title, found.publisher, found.published, found.url) == (
        "Mine",
        "P",
        PartialDate(2020),
        "https://a.example/x",
    )


def test_hints_are_checked_like_everything_else(refusal):
    assert "future" in refusal("a.txt", "T", Hints(published=PartialDate(2025)))
    assert "no address" in refusal("a.txt", "T", Hints(url="example.com"))


@pytest.mark.parametrize("hints", [Hints(title="T"), Hints(url="https://a.example")])
def test_a_title_or_an_address_is_for_one_article(read, hints):
    line = '{"title": "A", "text": "B"}\n'
    assert isinstance(read("a.jsonl", line, hints)[0], Article)
    (found,) = read("a.jsonl", line * 3, hints)
    assert "more than one article" in str(found)
    assert len(read("a.jsonl", line * 3, Hints(publisher="P"))) == 3


def test_a_folder_is_read_through_in_the_order_of_names(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ["z.txt", "a.MD", "b/y.txt", "b/x.htm.txt", ".hidden.txt", ".git/c.txt", "photo.png"]:
        (tmp_path / name).write_text(name)
    assert titles(read(tmp_path)) == ["a.MD", "z.txt", "b/x.htm.txt", "b/y.txt"]


def test_a_bad_file_in_a_folder_does_not_stop_the_rest(tmp_path):
    (tmp_path / "a.txt").write_text("A")
    (tmp_path / "b.txt").write_bytes(b"\xff")
    (tmp_path / "c.txt").symlink_to("nowhere")
    (tmp_path / "d.txt").symlink_to("d.txt")
    (tmp_path / "e.txt").write_text("E")
    found = read(tmp_path)
    assert titles(found) == ["A", "E"]
    assert [str(item).partition(": ")[0] for item in found if isinstance(item, Refusal)] == [
        str(tmp_path / name) for name in ("b.txt", "c.txt", "d.txt")
    ]


def test_links_to_folders_are_not_followed(tmp_path):
    (tmp_path / "a.txt").write_text("A")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert titles(read(tmp_path)) == ["A"]


def test_a_folder_with_nothing_to_read_says_so(tmp_path):
    (tmp_path / "photo.png").write_bytes(b"x")
    (found,) = read(tmp_path)
    assert "No file in this folder can be read" in str(found)


@pytest.mark.parametrize(
    ("name", "reason"), [("none.md", "no such file"), ("a.txt/b.txt", "no such file"), ("a\0.md", "no such file")]
)
def test_a_name_that_leads_nowhere_says_so(tmp_path, name, reason):
    (tmp_path / "a.txt").write_text("A")
    (found,) = read(tmp_path / name)
    assert reason in str(found)


def test_a_name_too_long_for_the_disk_is_refused(tmp_path):
    (found,) = read(tmp_path / ("x" * 5000))
    assert isinstance(found, Refusal)


def test_a_file_that_may_not_be_read_says_so(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("A")

    def forbidden(*_):
        raise PermissionError

    monkeypatch.setattr(Path, "open", forbidden)  # root may read everything, so a mode would not do
    (found,) = read(tmp_path / "a.txt")
    assert "permission" in str(found)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_says_so(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a").chmod(0)
    (found,) = read(tmp_path)
    assert "permission" in str(found)
    (tmp_path / "a").chmod(0o700)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (found,) = read(tmp_path / "a.txt")
    assert "no ordinary file" in str(found)


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(20_000_000_000)  # a hole: takes no room
    (found,) = read(tmp_path / "a.txt")
    assert "It has 20000 MB, and at most 1 KB are read" in str(found)


def test_a_name_that_cannot_be_printed_stays_on_one_line(refusal):
    assert refusal("a\n\x1b[31m\udcff.txt", b"").startswith("a��[31m�.txt: ")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# " + " " * 9_000 + "x"),
        ("a.md", "#" * 9_000),
        ("a.md", "---" + "\n---x" * 1500),
        ("a.md", "---\n" + "? " * 4000 + "\n---\nText"),
        ("a.txt", " " * 9_999 + "x"),
        ("a.json", '{"title": "' + "\\t " * 3000 + 'x", "text": "T"}'),
    ],
)
def test_no_text_makes_the_readers_slow(read, name, text):
    start = time.perf_counter()
    read(name, text)
    assert time.perf_counter() - start < 1
