"""The judges' model: one MiniLM body, and a line of logits that all heads share out."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from index.encoder import packaged_folder
from index.judge import CLAIM_MARK, HEADS, MARKS, SUPPORTS, WIDTH, tokenizer_of_marks

_LIKE = ("apple", "google", "sony", "nokia", "bmw", "disney", "intel", "samsung")  # a mark begins as a company's name


class JudgeModel(nn.Module):
    """Token ids, mask and types of shape (batch, tokens) → logits of shape (batch, WIDTH)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(str(packaged_folder()), attn_implementation="eager")
        size: int = self.body.config.hidden_size
        self.hidden = nn.Linear(3 * size, size)
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.Linear(size, WIDTH)
        self._name_the_marks()

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """The first token, the mean of the sentence and the mean of the rest, through one layer."""
        states = self.body(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        sentence = (types * mask).unsqueeze(-1).to(states.dtype)
        rest = ((1 - types) * mask).unsqueeze(-1).to(states.dtype)
        means = [(states * part).sum(1) / part.sum(1).clamp(min=1) for part in (sentence, rest)]
        pooled = torch.cat([states[:, 0], *means], dim=-1)
        logits: Tensor = self.heads(self.dropout(torch.tanh(self.hidden(self.dropout(pooled)))))
        return logits

    @torch.no_grad()
    def _name_the_marks(self) -> None:
        """Unused tokens of the vocabulary get vectors near those of company names, and all of it stays as it is."""
        table = self.body.embeddings.word_embeddings
        generator = torch.Generator().manual_seed(7)
        mean = table.weight[[tokenizer_of_marks().token_to_id(name) for name in _LIKE]].mean(0)
        for mark in (*MARKS, CLAIM_MARK):
            noise = torch.randn(mean.shape, generator=generator) * mean.std()
            table.weight[tokenizer_of_marks().token_to_id(mark)] = mean + noise
        table.weight.requires_grad = False


def loss_of(logits: Tensor, labels: Tensor, weights: dict[str, float]) -> Tensor:
    """Cross entropy, summed over the heads; a head that an example says nothing of adds nothing."""
    total = logits.new_zeros(())
    start = 0
    widths = {name: len(said) for name, said in HEADS.items()} | {"support": len(SUPPORTS)}
    for column, (name, width) in enumerate(widths.items()):
        wanted = labels[:, column]
        if bool((wanted >= 0).any()):
            part = logits[:, start : start + width]
            total = total + weights[name] * nn.functional.cross_entropy(
                part, wanted, ignore_index=-1, label_smoothing=0.05
            )
        start += width
    return total


def export(model: JudgeModel, path: Path) -> None:
    """Write the model as one ONNX file with fp32 weights."""
    model.eval()
    example = tuple(torch.ones((2, 8), dtype=torch.int64) for _ in range(3))
    torch.onnx.export(
        model,
        example,
        str(path),
        input_names=["ids", "mask", "types"],
        output_names=["logits"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("ids", "mask", "types")} | {"logits": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
