"""`python -m benchmarks.quality.judges CORPUS`: the claim judge on labelled sentences of real articles, beside others.

CORPUS holds `articles.jsonl`, `claims.jsonl` (a sentence, two organisations, phase, standing, polarity) and
`not_claims.jsonl` (sentences that claim nothing). Three read the same sentences: the learned judge; rules alone; and a
logistic regression on the bare encoder's vectors of the marked sentence, trained on the same stories as the judge.
Macro-F1 is over phases with "none" among them, and over standings of the sentences that are claims. The answer judge is
measured on the held stories of `index/training`.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from benchmarks.quality.split import read
from index.claims.rules import reading_of, speaks_of_a_relation
from index.encoder import PACKAGED, SentenceTransformerEncoder
from index.judge import CLAIM_MARK, HEADS, MARKS, SUPPORTS, LearnedJudge, Reading, answer_of, marked, reading
from index.organisations import directory, mentions, open_names, spelled
from index.sentences import sentences
from index.training.examples import every_example
from index.training.stories import FOLDER, stories

Told = tuple[str, str]  # phase or none, standing
_MOST = 3000  # examples the regression learns from


def main() -> None:
    """Print one line for each judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    corpus = parser.parse_args().corpus
    readings, wanted = _labelled(corpus)
    learned = LearnedJudge()

    def by_the_judge(these: Sequence[Reading]) -> list[Told]:
        return [(claim.phase or "none", claim.standing) for claim in learned.claims(these)]

    for name, judge in (("learned judge", by_the_judge), ("rules alone", _by_rules), ("regression", _regression())):
        print(json.dumps({"judge": name, **_figures(wanted, judge(readings))}))
    print(json.dumps({"judge": "answers, held stories", **_answers(learned)}))


def _figures(wanted: Sequence[Told], told: Sequence[Told]) -> dict[str, Any]:
    claims = [i for i, (phase, _) in enumerate(wanted) if phase != "none"]
    phases = [phase for phase, _ in wanted], [phase for phase, _ in told]
    standings = [wanted[i][1] for i in claims], [told[i][1] for i in claims]
    return {
        "sentences": len(wanted),
        "claims": len(claims),
        "phase": round(f1_score(*phases, average="macro"), 3),
        "standing": round(f1_score(*standings, average="macro"), 3),
    }


def _labelled(corpus: Path) -> tuple[list[Reading], list[Told]]:
    """One reading for each labelled claim, and one for each pair in a sentence that claims nothing."""
    articles = {article["file"]: article for article in read(corpus / "articles.jsonl")}
    readings, wanted = [], []
    for claim in read(corpus / "claims.jsonl"):
        pair = [{claim[side], claim[f"{side}_mention"] or claim[side]} for side in "ab"]
        readings.append(_reading(articles[claim["article"]], claim["start"], claim["end"], pair))
        wanted.append((claim["phase"], claim["standing"]))
    for sentence in read(corpus / "not_claims.jsonl"):
        article = articles[sentence["article"]]
        names = open_names(article["text"], directory())
        here = dict.fromkeys(m.name for m in mentions(sentence["text"], directory(), names))
        for a, b in list(combinations(here, 2))[:3]:
            readings.append(_reading(article, sentence["start"], sentence["end"], [{a}, {b}]))
            wanted.append(("none", ""))
    return readings, wanted


def _reading(article: dict[str, Any], start: int, end: int, pair: Sequence[set[str]]) -> Reading:
    before = [span for span in sentences(article["text"]) if span.end <= start][-1:]
    parts = [
        article["title"],
        article["text"][before[0].start : before[0].end] if before else "",
        article["text"][start:end],
    ]
    title, earlier, text = (
        marked(part, ((span, i) for i, names in enumerate(pair) for span in spelled(part, sorted(names))))
        for part in parts
    )
    return reading(CLAIM_MARK, title, earlier, [text], article["published"] or "", article["publisher"] or "")


def _by_rules(readings: Sequence[Reading]) -> list[Told]:
    told = []
    for item in readings:
        phase, standing, _ = reading_of(item.sentences[0])
        told.append((str(phase) if speaks_of_a_relation(item.sentences[0]) else "none", str(standing)))
    return told


def _regression() -> Callable[[Sequence[Reading]], list[Told]]:
    encoder = SentenceTransformerEncoder(PACKAGED)
    learned = [s for path in sorted(FOLDER.glob("*.jsonl")) if "held" not in path.name for s in stories(path)]
    examples = [example for example in every_example(learned) if example.reading.asked == CLAIM_MARK]
    examples = examples[:: max(1, len(examples) // _MOST)]
    vectors = encoder.encode([_named(example.reading) for example in examples])
    labels = np.array([example.labels[0] for example in examples])
    claims = labels[:, 0] > 0
    phase = LogisticRegression(max_iter=2000).fit(vectors, labels[:, 0])
    standing = LogisticRegression(max_iter=2000).fit(vectors[claims], labels[claims, 1])

    def told(readings: Sequence[Reading]) -> list[Told]:
        rows = encoder.encode([_named(item) for item in readings])
        both = zip(phase.predict(rows), standing.predict(rows), strict=True)
        return [(HEADS["phase"][int(p)], HEADS["standing"][int(s)]) for p, s in both]

    return told


def _named(item: Reading) -> str:
    """The sentence with plain words for the marks: the bare encoder has never seen them."""
    return item.sentences[0].replace(MARKS[0], "Alpha").replace(MARKS[1], "Beta")


def _answers(judge: LearnedJudge) -> dict[str, Any]:
    held = [s for path in sorted(FOLDER.glob("held-*.jsonl")) for s in stories(path)]
    examples = [example for example in every_example(held) if example.reading.asked != CLAIM_MARK]
    wanted = [row[-1] for example in examples for row in example.labels]
    rows = [row for rows in judge.logits([example.reading for example in examples]) for row in rows]
    told = [max(range(len(SUPPORTS)), key=lambda i: getattr(answer_of(row), SUPPORTS[i])) for row in rows]
    return {"sentences": len(wanted), "macro_f1": round(f1_score(wanted, told, average="macro"), 3)}


if __name__ == "__main__":
    main()
