"""Stories of corrections: the answers follow, and what a moderator typed is understood or refused in a line."""

import io
from collections.abc import Sequence
from datetime import date

import pytest
from rich.console import Console

from bot.answer import Answer
from bot.answering import Answerer
from bot.app import App
from bot.corrections import alias, hide, in_words, merge, redate
from bot.discord.suggesting import suggested
from bot.terminal.screen import answer_view
from index.article import SHARED, Article, Owner, Source
from index.correcting import Decide, Effect
from index.correction import Hide
from index.dates import PartialDate
from index.errors import PlainError
from index.judge import AnswerJudgement, ClaimJudgement, Reading
from tests.building import article

pytestmark = pytest.mark.usefixtures("rules_alone")

TODAY = date(2024, 6, 1)
BEGUN = article("Leica and Huawei announced a partnership on cameras.", "Begun", published="2016-02-25")
OVER = article(
    "Leica said that its partnership with Huawei ended on 31 March 2022. Leica and Xiaomi announced a partnership.",
    "Over",
    published="2022-05-24",
)
HASSELBLAD = article("Hasselblad and OnePlus announced a partnership.", "Hasselblad", published="2021-03-08")
BOX = article("The orange box ended its partnership with OnePlus.", "A box", published="2023-03-08")
QUESTION = "is Leica still with Huawei?"


async def ask(app: App, question: str = QUESTION, owner: Owner = SHARED, as_of: str | None = None) -> Answer:
    return await app.ask(question, owner=owner, as_of=PartialDate.parse(as_of) if as_of else None)


async def correct(app: App, decide: Decide, owner: Owner = SHARED) -> Effect:
    return await app.correct(decide, owner=owner, made_by="alice")


async def listing(app: App, name: str, owner: Owner = SHARED) -> list[tuple[tuple[str, str], str]]:
    found = await app.partners(name, owner=owner)
    return [(one.organisations, one.status) for one in found.partnerships]


def refused(words: str) -> "pytest.RaisesExc[PlainError]":
    return pytest.raises(PlainError, match=words)


# The answers follow


async def test_hiding_the_claim_that_ends_a_partnership_turns_the_answer_back(app: App) -> None:
    await app.add([BEGUN, OVER])
    assert (await ask(app)).verdict == "no"
    effect = await correct(app, hide("Over", "ended on 31 March"))
    answer = await ask(app)
    assert answer.verdict == "yes"
    assert [quote.quote.text for quote in answer.quotes] == [BEGUN.text]
    assert await listing(app, "Huawei") == [(("Huawei", "Leica"), "agreed")]
    await app.undo(effect.correction.number)
    assert (await ask(app)).verdict == "no"


async def test_what_is_hidden_answers_nothing_on_its_pair_by_other_ways(app: App) -> None:
    await app.add([OVER])
    await correct(app, hide("Over", "ended on 31 March"))
    for question in (QUESTION, "when did Leica and Huawei part?", "did Leica end its deal with Huawei?"):
        answer = await ask(app, question)
        assert "Huawei" not in "".join(quote.quote.text for quote in answer.quotes), question
    assert (await ask(app, "is Leica with Xiaomi?")).verdict == "yes"


class YesJudge:
    """A judge to whom every sentence says yes."""

    version = "yes"

    def claims(self, readings: Sequence[Reading]) -> list[ClaimJudgement]:
        raise NotImplementedError

    def answers(self, readings: Sequence[Reading]) -> list[list[AnswerJudgement]]:
        return [[AnswerJudgement(0.02, 0.94, 0.02, 0.01, 0.01) for _ in reading.sentences] for reading in readings]


async def test_a_hidden_sentence_is_no_evidence_for_the_judge_either(app: App) -> None:
    told = article("Leica stands beside Huawei, as the two firms say in Wetzlar. Sharp does so too.", "Beside")
    await app.add([told])

    async def quoted() -> list[str]:
        snapshot = await app.library.snapshot()
        answerer = Answerer(12, snapshot.known, YesJudge())
        answer = await answerer.answer(snapshot, QUESTION, encode=app.library.vectors, today=TODAY)
        return [quote.quote.text for quote in answer.quotes]

    assert any("beside Huawei" in text for text in await quoted())
    with refused("It makes none"):
        await correct(app, hide("Beside", "stands beside"))
    effect = await correct(app, hide("Beside", "stands beside", ["Leica", "Huawei"]))
    assert effect.claims == 0
    assert not (await correct(app, hide("Beside", "stands beside", ["Leica", "Huawei"]))).new
    assert not any("beside Huawei" in text for text in await quoted())


async def test_a_merge_makes_one_partnership_of_two_spellings(app: App) -> None:
    ended = article("Huawei said that its partnership with Bright Vale ended in May 2022.", published="2022-05-24")
    await app.add([article("Huawei and Lumora announced a partnership.", "Lumora", published="2020-05-24"), ended])
    assert (await ask(app, "is Lumora still with Huawei?")).verdict == "yes"
    assert len(await listing(app, "Huawei")) == 2
    await correct(app, merge("Bright Vale", "Lumora"))
    for name in ("Lumora", "Bright Vale", "bright vale"):
        answer = await ask(app, f"is {name} still with Huawei?")
        assert (answer.verdict, answer.organisations) == ("no", ("Lumora", "Huawei"))
    assert await listing(app, "Bright Vale") == [(("Huawei", "Lumora"), "ended")]


async def test_a_corrected_date_changes_which_article_wins(app: App) -> None:
    await app.add([BEGUN, OVER])
    assert (await ask(app)).verdict == "no"
    await correct(app, redate("Begun", "2024-02", TODAY))
    answer = await ask(app)
    assert (answer.verdict, str(answer.holds_for)) == ("yes", "2024-02")
    out = io.StringIO()
    Console(file=out, width=200).print(answer_view(answer))
    assert "The Gazette, February 2024" in out.getvalue()
    assert "2016" not in out.getvalue()


async def test_a_corrected_date_changes_what_as_of_sees(app: App) -> None:
    await app.add([BEGUN, OVER])
    assert (await ask(app, as_of="2016-01")).verdict == "no_source"
    await correct(app, redate("Begun", "2015", TODAY))
    assert (await ask(app, as_of="2016-01")).verdict == "yes"
    assert (await ask(app, as_of="2014")).verdict == "no_source"


async def test_an_undated_article_is_given_a_date(app: App) -> None:
    await app.add([article(OVER.text, "Over", published=None), BEGUN])
    assert (await ask(app)).verdict == "yes"
    await correct(app, redate("Over", "2022-05-24", TODAY))
    assert (await ask(app)).verdict == "no"


async def test_an_alias_is_understood_in_questions_and_read_in_articles(app: App) -> None:
    await app.add([HASSELBLAD, BOX])
    assert (await ask(app, "is Hasselblad still with OnePlus?")).verdict == "yes"
    await correct(app, alias("orange box", "Hasselblad"))
    for name in ("Hasselblad", "the orange box", "the Orange Box", "hassy"):
        answer = await ask(app, f"is {name} still with OnePlus?")
        assert (answer.verdict, answer.organisations) == ("no", ("Hasselblad", "OnePlus"))
        assert answer.quotes[0].quote.text == BOX.text, "what is quoted stays as it was"
    assert await listing(app, "orange box") == [(("Hasselblad", "OnePlus"), "ended")]


async def test_an_alias_helps_while_somebody_types(app: App) -> None:
    await app.add([HASSELBLAD])
    await correct(app, alias("orange box", "Hasselblad"))
    snapshot = await app.library.snapshot()
    for typed in ("oran", "BOX", "hassy", "hassel"):
        assert suggested(snapshot.names(), typed, snapshot.known) == ["Hasselblad"]
    assert suggested(snapshot.names(), "leitz", snapshot.known) == []


async def test_a_server_corrects_for_itself_alone(app: App) -> None:
    await app.add([BEGUN, OVER, HASSELBLAD])
    await correct(app, hide("Over", "ended on 31 March"), "7")
    await correct(app, alias("orange box", "Hasselblad"), "7")
    assert [(await ask(app, owner=owner)).verdict for owner in ("7", "8", SHARED)] == ["yes", "no", "no"]
    assert (await app.partners("orange box", owner="7")).organisations == ("Hasselblad",)
    for owner in ("8", SHARED):
        with refused("No article of mine names 'orange box'"):
            await app.partners("orange box", owner=owner)
        assert await app.corrections(owner) == ()


# What is typed


@pytest.mark.parametrize(
    ("decide", "words"),
    [
        (alias("x", "Leica"), "2 to 100 characters"),
        (alias("7 7", "Leica"), "at least one letter"),
        (alias("the", "Leica"), "everyday word"),
        (alias("red dot", "Leicca"), "No article of mine names 'Leicca'.*Leica"),
        (alias("Leitz", "Leica"), "'Leitz' stands for Leica already"),
        (alias("leica", "Leica"), "'leica' stands for Leica already"),
        (merge("Leitz", "Leica"), "'Leitz' is Leica already"),
        (merge("Nobody", "Leica"), "No article of mine names 'Nobody'"),
        (hide("Nowhere", "ended"), "There is no article 'Nowhere'"),
        (hide("Over", " "), "Give a piece"),
        (hide("Over", "never written"), "No claim in 'Over' fits.*Huawei and Leica: “Leica said"),
        (hide("Over", "leica"), "2 claims fit.*--pair.*Huawei and Leica: “.*Leica and Xiaomi: “"),
        (hide("Over", "leica", ["Leica"]), "--pair names two"),
        (hide("Over", "leica", ["Leica", "leica"]), "--pair names two"),
        (hide("Nothing", "Hasselblad"), "No claim in 'Nothing' fits. It makes none"),
        (hide("Nothing", "Leica", ["Leica", "Huawei"]), "No claim in 'Nothing' fits"),
        (redate("Over", "soon", TODAY), "write YYYY-MM-DD"),
        (redate("Over", "2031", TODAY), "in the future"),
        (redate("Over", "2022-05-24", TODAY), "dated 2022-05-24 already"),
    ],
)
async def test_what_cannot_be_meant_is_refused_in_a_line_and_changes_nothing(
    app: App, decide: Decide, words: str
) -> None:
    await app.add([OVER, article("Hasselblad is old.", "Nothing")])
    generation = (await app.status()).shared.generation
    with refused(words) as error:
        await correct(app, decide)
    assert "\n" not in str(error.value)
    assert await app.corrections() == ()
    assert (await app.status()).shared.generation == generation


@pytest.mark.parametrize(
    ("decides", "says"),
    [
        ([alias("red dot", "Leica"), alias("Red  Dot", "leitz")], "“red dot” stands for Leica"),
        ([merge("Xiaomi", "Leica"), merge("xiaomi", "Leitz")], "Xiaomi counts as Leica"),
        ([redate("Over", "2022-05", TODAY)] * 2, "“Over” (941261eb76a9) was published in May 2022"),
        (
            [hide("Over", "ENDED on"), hide("Over", "ended  on 31", ["leitz", "Huawei"])],
            "“Over” (941261eb76a9) makes no claim on Huawei and Leica by "
            "“Leica said that its partnership with Huawei ended on 31 March 2022.”",
        ),
    ],
)
async def test_the_same_correction_twice_is_one(app: App, decides: Sequence[Decide], says: str) -> None:
    await app.add([OVER])
    titles = {stored.id: "Over" for stored in (await app.library.snapshot()).articles}
    first, again = [await correct(app, decide) for decide in decides]
    assert (first.new, again.new, again.correction) == (True, False, first.correction)
    assert in_words(first.correction.content, titles) == says.replace("941261eb76a9", OVER.id_for(SHARED))
    assert len(await app.corrections()) == 1


async def test_of_several_claims_in_a_sentence_the_pair_tells(app: App) -> None:
    many = article("Leica works together with Huawei, Sharp and Xiaomi.", "Many")
    await app.add([many])
    with refused("3 claims fit"):
        await correct(app, hide("Many", "works together"))
    await correct(app, hide("Many", "works together", ["Sharp", "Leitz"]))
    with refused("3 claims fit"):
        await correct(app, hide("Many", "works together"))
    assert [pair for pair, _ in await listing(app, "Leica")] == [("Huawei", "Leica"), ("Leica", "Xiaomi")]


async def test_a_long_sentence_is_hidden_by_any_piece_of_it(app: App) -> None:
    tail = " which was built in the old town by the river, and which is open to all" * 7
    long = article(f"Leica works together with Huawei on cameras in a laboratory;{tail}, they said.", "Long")
    await app.add([long])
    assert len(long.text) > 500
    effect = await correct(app, hide("Long", "they said"))
    assert isinstance(effect.correction.content, Hide)
    assert effect.correction.content.sentence == long.text
    assert effect.claims == 1


async def test_what_is_merged_already_is_said(app: App) -> None:
    await app.add([OVER, HASSELBLAD])
    await correct(app, merge("Xiaomi", "Leica"))
    with refused("Xiaomi counts as Leica already"):
        await correct(app, merge("Xiaomi", "Leica"), "7")
    with refused("Xiaomi counts as Leica. Merge that one"):
        await correct(app, merge("Xiaomi", "Huawei"), "7")
    with refused("Correction 1 says otherwise"):
        await correct(app, merge("Xiaomi", "Huawei"))
    with refused("'leitz' is Leica already"):
        await correct(app, merge("leitz", "Xiaomi"))
    assert len(await app.corrections()) == 1


async def test_a_server_corrects_shared_articles_and_its_own_by_name(app: App) -> None:
    await app.add([OVER])
    await app.add([BEGUN, article(OVER.text + " Really.", "Over", published="2022-05-24")], owner="7")
    with refused("2 articles are called 'Over'"):
        await correct(app, redate("Over", "2021", TODAY), "7")
    await correct(app, redate("Begun", "2015", TODAY), "7")
    with refused("There is no article 'Begun'"):
        await correct(app, redate("Begun", "2015", TODAY))
    with refused("not a server's id"):
        await correct(app, redate("Begun", "2015", TODAY), "x")


def test_a_correction_of_an_article_that_is_gone_is_still_told() -> None:
    content = Hide("0123456789ab", ("Huawei", "Leica"), "It\nis  over.")
    told = "article 0123456789ab, which is not there, makes no claim on Huawei and Leica by “It is over.”"
    assert in_words(content, {}) == told


async def test_a_starters_corrected_date_is_on_its_card(app: App) -> None:
    old = PartialDate(2016, 2, 25)
    source = Source("Engadget", "https://e.example", old)
    await app.add([Article("Starter", BEGUN.text, "Rangefinder", published=old, sources=(source,), origin="seed:a.md")])
    await correct(app, redate("Starter", "2018", TODAY))
    out = io.StringIO()
    Console(file=out, width=200).print(answer_view(await ask(app)))
    assert "source: Engadget, 2018" in out.getvalue()
