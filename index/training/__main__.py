"""`python -m index.training`: train the judges on the stories, report on the held ones, write the weights."""

import argparse
import hashlib
import json
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import torch

from index.judge import HEADS, MOST_SENTENCES, SUPPORTS, WEIGHTS, LearnedJudge, Logits, encoded, tokens_of
from index.training.examples import UNLABELLED, Example, count, every_example, sampled
from index.training.model import JudgeModel, export, loss_of
from index.training.stories import FOLDER, Story, stories
from index.training.weights import quantised

_HELD = "held-"
_TOKENS = 3072  # of a batch
_ROUND = 16  # tokens: readings are as long as a multiple of it, so that few shapes occur and their kernels are kept
_LOOK = 400  # steps between two looks at some of the held examples
_PEAK = 1e-4  # learning rate of the body; the heads learn at five times that
_WARM_UP = 0.08  # share of all steps
_LOSS = {"phase": 2.0, "standing": 1.0, "polarity": 0.4, "exclusive": 0.2, "support": 1.5}


def main(arguments: Sequence[str] | None = None) -> None:
    """Train with a fixed seed, print macro-F1 on the held stories, and write the ONNX file and what it was made of."""
    options = _options(arguments)
    torch.manual_seed(options.seed)
    torch.set_flush_denormal(True)
    files = sorted(FOLDER.glob("*.jsonl"))
    learned = [story for path in files if not path.name.startswith(_HELD) for story in stories(path)]
    held = [story for path in files if path.name.startswith(_HELD) for story in stories(path)]
    _say(f"{len(learned)} stories, {count(learned)} examples; held {len(held)} stories")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    model = _trained(learned, every_example(held), options)
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "judge.onnx"
        export(model, whole)
        quantised(whole, options.out)
    about = {
        "data": _hash(b"".join(path.read_bytes() for path in (*files, FOLDER / "asked.toml"))),
        "weights": _hash(options.out.read_bytes()),
        "seed": str(options.seed),
        "epochs": str(options.epochs),
        "reads": options.reads,
    }
    options.out.with_suffix(".json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    judge = LearnedJudge(options.out)
    examples = every_example(held)[::3]
    logits = judge.logits([example.reading for example in examples])
    _say("as shipped: " + _report(logits, examples))


def _trained(learned: Sequence[Story], held: Sequence[Example], options: argparse.Namespace) -> JudgeModel:
    model = JudgeModel()
    rng = random.Random(options.seed)  # noqa: S311  # nothing secret
    heads = [*model.hidden.parameters(), *model.heads.parameters()]
    body = [p for p in model.body.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": _PEAK}, {"params": heads, "lr": 5 * _PEAK}], weight_decay=0.01, fused=True
    )
    one = random.Random(0)  # noqa: S311  # likewise
    steps = options.epochs * len(list(_batches(sampled(learned, one), one)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step / steps))
    started, seen = time.monotonic(), 0
    for epoch in range(options.epochs):
        model.train()
        losses = []
        for width, batch in _batches(sampled(learned, rng), rng):
            readings = [example.reading for example in batch]
            ids, mask, groups = (torch.from_numpy(part) for part in encoded(readings, width))
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bf16):
                logits = model(ids, mask, groups)
            loss = loss_of(logits.float(), torch.from_numpy(_labels(batch)), _LOSS)
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it out
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            losses.append(loss.item())
            seen += len(batch)
            if len(losses) % _LOOK == 0:
                some = held[:: max(1, len(held) // 400)]
                _say(
                    f"epoch {epoch + 1} step {len(losses)}: loss {np.mean(losses[-_LOOK:]):.3f}; "
                    + _report(_logits(model, some), some)
                )
                model.train()
        rate = seen / (time.monotonic() - started)
        report = _report(_logits(model, held[::4]), held[::4])
        _say(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {rate:.0f} examples/s; {report}")
    return model


def _rate(done: float) -> float:
    return done / _WARM_UP if done < _WARM_UP else max(0.0, (1 - done) / (1 - _WARM_UP))


def _batches(examples: Sequence[Example], rng: random.Random) -> Iterator[tuple[int, list[Example]]]:
    """Batches of like length and about as many tokens, in random order, each with how many tokens a reading gets."""
    by_width: dict[int, list[Example]] = {}
    for example in examples:
        width = math.ceil(len(tokens_of(example.reading)[0]) / _ROUND) * _ROUND
        by_width.setdefault(width, []).append(example)
    batches = [
        (width, same[start : start + _TOKENS // width])
        for width, same in sorted(by_width.items())
        for start in range(0, len(same), _TOKENS // width)
    ]
    rng.shuffle(batches)
    yield from batches


def _labels(examples: Sequence[Example]) -> npt.NDArray[np.int64]:
    """Shape (examples, MOST_SENTENCES, heads)."""
    labels = np.full((len(examples), MOST_SENTENCES, len(HEADS) + 1), UNLABELLED, np.int64)
    for i, example in enumerate(examples):
        labels[i, : len(example.labels)] = example.labels
    return labels


@torch.no_grad()
def _logits(model: JudgeModel, examples: Sequence[Example]) -> list[Logits]:
    model.eval()
    order = sorted(range(len(examples)), key=lambda i: sum(map(len, examples[i].reading.sentences)))
    rows: dict[int, Logits] = {}
    for start in range(0, len(order), 32):
        part = order[start : start + 32]
        ids, mask, groups = (torch.from_numpy(p) for p in encoded([examples[i].reading for i in part]))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            rows |= dict(zip(part, model(ids, mask, groups).float().numpy(), strict=True))
    return [rows[i][: len(examples[i].labels)] for i in range(len(examples))]


def _report(logits: Sequence[Logits], examples: Sequence[Example]) -> str:
    """Macro-F1 of each head."""
    table, labels = np.concatenate(logits), np.array([row for example in examples for row in example.labels])
    parts, start = [], 0
    widths = {name: len(said) for name, said in HEADS.items()} | {"support": len(SUPPORTS)}
    for column, (name, width) in enumerate(widths.items()):
        known = labels[:, column] != UNLABELLED
        told = table[known, start : start + width].argmax(1)
        parts.append(f"{name} {_macro_f1(labels[known, column], told):.3f}")
        start += width
    return ", ".join(parts)


def _macro_f1(wanted: npt.NDArray[np.int64], told: npt.NDArray[np.int64]) -> float:
    scores = []
    for label in np.unique(wanted):
        hits = float(((told == label) & (wanted == label)).sum())
        scores.append(2 * hits / max(1.0, float((told == label).sum() + (wanted == label).sum())))
    return float(np.mean(scores))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--reads", default="answers", help='what these weights are asked about: "answers", or "answers claims"'
    )
    parser.add_argument("--bf16", action="store_true", help="half as long on processors that have it")
    return parser.parse_args(arguments)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
