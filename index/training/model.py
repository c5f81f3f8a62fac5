"""The judges' model: one MiniLM body, and a line of logits that all heads share out."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface, AutoModel
from transformers.masking_utils import eager_mask

from index.encoder import packaged_folder
from index.judge import ASKED, CLAIM_MARK, HEADS, MARKS, NOTHING, SENTENCE_MARK, SUPPORTS, WIDTH, tokenizer_of_marks

_LIKE = ("apple", "google", "sony", "nokia", "bmw", "disney", "intel", "samsung")  # a mark begins as a company's name
_PLAIN = "plain"


def _attend(
    _: nn.Module, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scaling: float, **__: object
) -> tuple[Tensor, Tensor]:
    """Attention in four steps: PyTorch's own in one step is slow backwards on a CPU in bfloat16.

    Query, key and value have shape (batch, heads, tokens, size); of what comes back the first has shape (batch, tokens,
    heads, size).
    """
    scores = torch.matmul(query * scaling, key.transpose(2, 3))
    weights = torch.softmax(scores if mask is None else scores + mask, -1)
    return torch.matmul(weights, value).transpose(1, 2).contiguous(), weights


AttentionInterface.register(_PLAIN, _attend)
AttentionMaskInterface.register(_PLAIN, eager_mask)


class JudgeModel(nn.Module):
    """Token ids, mask and groups of shape (batch, tokens) → logits of shape (batch, MOST_SENTENCES, WIDTH)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(
            str(packaged_folder()), attn_implementation=_PLAIN, attention_probs_dropout_prob=0.0
        )
        size: int = self.body.config.hidden_size
        for module in self.body.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0  # it costs a quarter of the time; weight decay and few epochs do
        self.hidden = nn.Linear(5 * size, size)
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.Linear(size, WIDTH)
        self._name_the_marks()

    def forward(self, ids: Tensor, mask: Tensor, groups: Tensor) -> Tensor:
        """For each sentence: the first token, the means of question and sentence, and how these two differ."""
        types = ((groups > 0) & (groups < ASKED)).to(ids.dtype)
        states = self.body(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        numbers = torch.arange(1, ASKED + 1, device=ids.device)
        among = (groups.unsqueeze(1) == numbers.view(1, -1, 1)).to(states.dtype)
        means = torch.bmm(among, states) / among.sum(-1, keepdim=True).clamp(min=1)  # (batch, sentences + 1, size)
        sentence = means[:, :-1]
        asked = means[:, -1:].expand_as(sentence)
        first = states[:, :1].expand_as(sentence)
        alike = nn.functional.normalize(sentence, dim=-1) * nn.functional.normalize(asked, dim=-1) * 20
        pooled = torch.cat([first, sentence, asked, alike, (sentence - asked).abs()], dim=-1)
        logits: Tensor = self.heads(self.dropout(torch.tanh(self.hidden(self.dropout(pooled)))))
        return logits

    @torch.no_grad()
    def _name_the_marks(self) -> None:
        """Unused tokens of the vocabulary get vectors near those of company names, and all of it stays as it is."""
        table = self.body.embeddings.word_embeddings
        generator = torch.Generator().manual_seed(7)
        mean = table.weight[[tokenizer_of_marks().token_to_id(name) for name in _LIKE]].mean(0)
        for mark in (*MARKS, CLAIM_MARK, SENTENCE_MARK):
            noise = torch.randn(mean.shape, generator=generator) * mean.std()
            table.weight[tokenizer_of_marks().token_to_id(mark)] = mean + noise
        table.weight.requires_grad = False


def loss_of(logits: Tensor, labels: Tensor, weights: dict[str, float]) -> Tensor:
    """Cross entropy, summed over the heads; a head that an example says nothing of adds nothing."""
    total = logits.new_zeros(())
    start = 0
    widths = {name: len(said) for name, said in HEADS.items()} | {"support": len(SUPPORTS)}
    for column, (name, width) in enumerate(widths.items()):
        wanted = labels[..., column]
        if bool((wanted >= 0).any()):
            part = logits[..., start : start + width].flatten(0, -2)
            share = logits.new_ones(width)
            share[0] = NOTHING if name in ("phase", "support") else 1.0
            total = total + weights[name] * nn.functional.cross_entropy(
                part, wanted.flatten(), ignore_index=-1, label_smoothing=0.05, weight=share
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
        input_names=["ids", "mask", "groups"],
        output_names=["logits"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("ids", "mask", "groups")} | {"logits": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
