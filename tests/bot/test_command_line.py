"""Stories of the command line, in this process: each command, its JSON, its exit status."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.settings import PREFIX
from tests.bot.conftest import Run

SHARED = Path(__file__).resolve().parents[3] / "shared"
ARTICLE = "---\ntitle: {0}\npublished: {1}\npublisher: The Gazette\nurl: https://example.org/{1}\n---\n{2}\n"


@pytest.fixture
def library(run: Run, tmp_path: Path) -> Run:
    """The same, with three articles in the library."""
    told = (
        ("Leica and Huawei", "2021-05-16", "Leica works together with Huawei, both said."),
        ("A leak about Honor", "2021-06-01", "A leak says that Leica may work with Honor."),
        ("Leica and Huawei part", "2022-05-24", "Huawei said that its deal with Leica ended on 31 March 2022."),
    )
    for number, parts in enumerate(told):
        (tmp_path / f"{number}.md").write_text(ARTICLE.format(*parts), encoding="utf-8")
    assert run("add", "0.md", "1.md", "2.md") == (0, "3 new, 0 changed, 0 unchanged, 0 refused\n", "")
    return run


def read(text: str) -> Any:
    return json.loads(text)


def test_an_answer_as_json_has_the_keys_of_the_contract(library: Run) -> None:
    status, out, err = library("ask", "is Leica still with Huawei?", "--json")
    answer = read(out)
    assert (status, err) == (0, "")
    assert list(answer) == (
        [
            "id",
            "question",
            "kind",
            "organisations",
            "verdict",
            "answer",
            "holds_for",
            "stale",
            "quotes",
            "nearest",
            "took_ms",
        ]
    )
    quote = answer["quotes"][0]
    assert list(quote) == ["n", "text", "start", "end", "phase", "standing", "also_in", "link", "article"]
    assert list(quote["article"]) == ["id", "title", "publisher", "url", "published"]
    assert (answer["verdict"], answer["holds_for"], quote["n"]) == ("no", "2022-05-24", 1)
    assert quote["link"].startswith("https://example.org/2022-05-24#:~:text=")


def test_an_answer_for_a_reader(library: Run) -> None:
    _, out, _ = library("ask", "is Leica still with Huawei?")
    assert "No. The work of Leica and Huawei together ended on 31 March 2022 [1]." in out
    assert "[1] “Huawei said that its deal with Leica ended on 31 March 2022.”" in out
    assert "The Gazette, 24 May 2022 · official" in out


def test_as_of_and_after(library: Run) -> None:
    assert read(library("ask", "is Leica with Huawei?", "--as-of", "2021-06-01", "--json")[1])["verdict"] == "yes"
    after = library("ask", "and Honor?", "--after", "is Leica with Huawei?", "--json")[1]
    assert set(read(after)["organisations"]) == {"Leica", "Honor"}
    status, _, err = library("ask", "is Leica with Huawei?", "--as-of", "soon")
    assert (status, err.count("\n")) == (1, 1)


def test_a_batch_gives_one_answer_a_line_and_names_broken_ones(library: Run) -> None:
    lines = (
        '{"id": "a", "question": "is Leica with Huawei?", "gold": "never read"}\n'
        "broken\n\n"
        '{"id": 2, "question": "is Leica with Huawei?", "as_of": "2021-06-01", "after": null}\n'
        '{"id": 3, "question": "?"}\n'
        '{"question": 7}\n'
    )
    status, out, err = library("ask", "--batch", "-", "--json", stdin=lines)
    answers = [read(line) for line in out.splitlines()]
    assert [(a["id"], a["verdict"]) for a in answers] == [("a", "no"), (2, "yes"), (3, "no_source")]
    assert status == 1
    assert [line.split(":")[0] for line in err.splitlines()] == ["line 2", "line 6"]


@pytest.mark.parametrize(
    "words", [["ask"], ["ask", "a?", "--batch", "f"], ["nonsense"], ["ask", "--nonsense"], ["add"]]
)
def test_wrong_usage_is_2_and_one_line(run: Run, words: list[str]) -> None:
    status, out, err = run(*words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "--help" in err


def test_wrong_settings_are_78_all_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}AGE_WARNING_MONTHS", "soon")
    monkeypatch.setenv(f"{PREFIX}LOG_LEVEL", "LOUD")
    status, _, err = run("status")
    assert (status, err.count("\n")) == (78, 2)


@pytest.mark.parametrize("command", ["run", "invite"])
def test_what_needs_a_token_says_so(run: Run, command: str) -> None:
    status, _, err = run(command)
    assert (status, err.count("\n")) == (78, 1)
    assert "RANGEFINDER_DISCORD_TOKEN" in err


def test_invite_prints_the_link(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}DISCORD_TOKEN", "MTIzNDU2Nzg5MDEyMzQ1Njc4.made.up")
    status, out, _ = run("invite")
    assert status == 0
    assert "client_id=123456789012345678" in out


def test_what_cannot_be_read_is_named_and_the_rest_goes_in(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("A title\n\nLeica works with Xiaomi.\n", encoding="utf-8")
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\x00\x01")
    (tmp_path / "lines.jsonl").write_text(
        '{"title": "One", "text": "Zeiss works with vivo."}\n{"title":\n', encoding="utf-8"
    )
    status, out, err = run("add", "good.txt", "empty.md", "picture.txt", "lines.jsonl", "missing.md", "--json")
    assert status == 1
    assert len(read(out)["new"]) == 2
    assert len(read(out)["refused"]) == err.count("\n") == 4
    assert "lines.jsonl line 2" in err


def test_hints_say_what_the_file_does_not(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("A note\n\nLeica works with Xiaomi.\n", encoding="utf-8")
    run("add", "note.txt", "--publisher", "The Herald", "--published", "2024-03", "--url", "https://example.org/note")
    article = read(run("ask", "is Leica with Xiaomi?", "--json")[1])["quotes"][0]["article"]
    assert (article["publisher"], article["published"], article["url"]) == (
        "The Herald",
        "2024-03",
        "https://example.org/note",
    )


def test_remove_takes_an_id_an_address_or_a_title(library: Run) -> None:
    article_id = read(library("ask", "is Leica with Huawei?", "--json")[1])["quotes"][0]["article"]["id"]
    assert library("remove", article_id)[0] == 0
    assert library("remove", "https://example.org/2021-05-16")[0] == 0
    assert library("remove", "A leak about Honor")[0] == 0
    status, _, err = library("remove", "A leak about Honor")
    assert (status, err.count("\n")) == (1, 1)
    assert read(library("status", "--json")[1])["articles"] == 0


def test_status_has_the_keys_of_the_contract(library: Run) -> None:
    found = read(library("status", "--json")[1])
    assert list(found) == ["articles", "passages", "claims", "newest", "model", "generation", "engine"]
    assert (found["articles"], found["newest"], found["engine"]) == (3, "2022-05-24", "local")
    assert "articles   3" in library("status")[1]


def test_rumours_and_what_became_of_them(library: Run) -> None:
    (rumour,) = read(library("rumours", "--json")[1])
    assert list(rumour) == ["organisations", "phase", "standing", "said", "said_by", "outcome", "quotes"]
    assert (rumour["organisations"], rumour["said"], rumour["outcome"]["state"]) == (
        ["Honor", "Leica"],
        "2021-06-01",
        "quiet",
    )
    assert "I know of no such rumour." in library("rumours", "--since", "30d")[1]
    assert library("rumours", "honor", "--since", "2021")[0] == 0
    assert library("rumours", "--since", "lately")[0] == 1
    assert library("rumours", "Canon")[0] == 1


def test_partners_and_timelines(library: Run) -> None:
    status, out, err = library("partners", "leica", "--json")
    rumoured, ended = read(out)
    assert (status, err) == (0, "")
    assert list(ended) == ["organisations", "scope", "status", "since", "until", "quotes"]
    assert (rumoured["status"], ended["status"], ended["until"]) == ("rumoured", "ended", "2022-03-31")
    assert list(ended["quotes"][0]) == list(read(library("ask", "is Leica with Huawei?", "--json")[1])["quotes"][0])
    then = read(library("partners", "Leica", "--as-of", "2021-05", "--json")[1])
    assert [(one["organisations"], one["status"]) for one in then] == [(["Huawei", "Leica"], "running")]
    assert read(library("timeline", "Huawei", "Leica", "--json")[1]) == [ended]
    assert len(read(library("timeline", "Leica", "--json")[1])) == 2
    assert "Leica and Huawei: ended on 31 March 2022 [1]" in library("partners", "Leica")[1]
    assert "I have no source on Huawei and Honor together." in library("timeline", "huawei", "honor")[1]


@pytest.mark.parametrize("words", [("partners", "Leicca"), ("timeline", "Leica", "Hunor"), ("partners", "\n\x1b[2J")])
def test_an_unknown_organisation_is_one_plain_line_with_the_nearest_names(library: Run, words: tuple[str, ...]) -> None:
    status, out, err = library(*words)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "I know: " in err
    assert "\x1b" not in err
    assert library("partners", "Leica", "--as-of", "soon")[0] == 1
    assert library("timeline")[0] == 2


def test_a_server_has_a_view_of_its_own(library: Run, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("Our own\n\nZeiss works together with Canon.\n", encoding="utf-8")
    library("add", "own.txt", "--server", "42")
    assert read(library("ask", "is Zeiss with Canon?", "--server", "42", "--json")[1])["verdict"] == "yes"
    assert read(library("ask", "is Zeiss with Canon?", "--json")[1])["verdict"] == "no_source"
    assert library("status", "--server", "../x")[0] == 1


def test_reindex_and_doctor(library: Run) -> None:
    assert "up to date" in library("reindex")[1]
    assert "3 articles indexed anew" in library("reindex", "--all")[1]
    status, out, _ = library("doctor")
    assert status == 0
    assert "FAULT" not in out


def test_an_evaluation_in_a_library_of_its_own(library: Run, tmp_path: Path) -> None:
    record = '{"title": "News", "text": "Zeiss works together with Canon, both said."}\n'
    (tmp_path / "articles.jsonl").write_text(record, encoding="utf-8")
    question = '{"question": "is leica with huawei?", "kind": "unanswerable"}\n'
    (tmp_path / "questions.jsonl").write_text(question, encoding="utf-8")
    status, out, err = library("evaluate", "articles.jsonl", "questions.jsonl")
    assert (status, err) == (0, "")
    assert "Questions: 1, articles: 1" in out
    found = read(library("evaluate", "articles.jsonl", "questions.jsonl", "--json")[1])
    assert (found["rangefinder"]["right"], found["plain_retrieval"]["right"]) == (1.0, 0.0)
    (tmp_path / "questions.jsonl").write_text(f"{question}broken\n", encoding="utf-8")
    status, _, err = library("evaluate", "articles.jsonl", "questions.jsonl")
    assert (status, err) == (1, "questions.jsonl line 2: this is not a JSON object.\n")
    assert library("evaluate", "articles.jsonl", "missing.jsonl")[0] == 1
    assert library("evaluate", "articles.jsonl")[0] == 2
    assert read(library("status", "--json")[1])["articles"] == 3


def test_chat_answers_line_by_line_and_remembers(library: Run) -> None:
    talk = "is leica with huawei?\nand honor?\n/as-of 2021-06-01\nis leica with huawei?\n"
    talk += "/rumours\n/what\n?\n/quit\nnever asked"
    status, out, _ = library("chat", stdin=talk)
    assert status == 0
    assert "Only rumoured." in out
    assert "Answering as of 1 June 2021." in out
    assert "There is no command /what." in out
    assert "never asked" not in out


def test_chat_with_nothing_to_read_answers_a_sample_question(library: Run) -> None:
    status, out, _ = library("chat")
    assert status == 0
    assert out.startswith("> is Leica still with Huawei?\nNo.")


def test_an_article_cannot_reach_into_the_terminal(run: Run, tmp_path: Path) -> None:
    text = "Leica works with Xiaomi \u001b]0;owned\u0007\u001b[2J and \u202etxet\u202c."
    record = json.dumps({"title": "T\u001b[31m", "text": text, "publisher": "P\u001b[0m", "published": "2024"})
    (tmp_path / "evil.json").write_text(record, encoding="utf-8")
    run("add", "evil.json")
    out = run("ask", "is Leica with Xiaomi?")[1]
    assert "Leica works with Xiaomi" in out
    assert not any(c in out for c in "\u001b\u0007\u202e\u202c")
    assert read(run("ask", "is Leica with Xiaomi?", "--json")[1])["quotes"][0]["text"] == text


@pytest.mark.skipif(not SHARED.exists(), reason="the corpus is not beside the repository")
@pytest.mark.soak
def test_the_corpus_as_it_is_scored(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SHARED / "corpus"))
    import score

    articles, questions = SHARED / "corpus" / "articles.jsonl", SHARED / "corpus" / "questions.jsonl"
    assert run("add", str(articles))[0] == 0
    status, out, _ = run("ask", "--batch", str(questions), "--json")
    Path("answers.jsonl").write_text(out, encoding="utf-8")
    figures = score.main(articles, questions, "answers.jsonl")
    assert status == 0
    assert len(out.splitlines()) == figures["questions"]
    assert figures["exact"] == 1.0
    assert figures["right"] >= 0.8
    assert figures["points"] >= 0.63
