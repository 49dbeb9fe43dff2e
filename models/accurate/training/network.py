"""The encoder that is trained: MiniLM's layers, told beforehand how words are written and what lists say
of them.

The layers are BERT's (Devlin et al. 2019, https://arxiv.org/abs/1810.04805) in the size of
MiniLM-L6-H384-uncased
(Wang et al. 2020, https://arxiv.org/abs/2002.10957), whose weights it starts from. The vocabulary is in lower
case, so the shape of each word and its hints (generator.annotate.tagging) are added to what the layers read,
and given once more to the classifier.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, INNER, PIECES, PLACES, NORM = 384, 12, 1536, 30522, 512, 1e-12


class Layer(nn.Module):
    """One layer: attention and the two maps after it, normalised afterwards as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=NORM)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=NORM)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        parts = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if mask is None:  # as exported: one window, no padding
            query, key, value = parts[0], parts[1], parts[2]
            weights = functional.softmax(query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5, dim=-1)
            seen = weights @ value
        else:
            seen = functional.scaled_dot_product_attention(
                parts[0], parts[1], parts[2], attn_mask=mask, dropout_p=0.0
            )
        x = self.norm1(x + self.drop(self.out(seen.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.drop(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Pieces, shapes and hints of a window in, a score for each label of each piece out."""

    def __init__(self, layers: int, shapes: int, hints: int, labels: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(PIECES, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=NORM)
        self.shapes = nn.Embedding(shapes, WIDTH)
        self.hints = nn.Linear(hints, WIDTH, bias=False)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.drop = nn.Dropout(0.1)
        self.top = nn.Linear(WIDTH + 32, labels)
        self.top_shapes = nn.Embedding(shapes, 32)
        self.top_hints = nn.Linear(hints, 32, bias=False)
        for part in (self.shapes.weight, self.hints.weight):
            nn.init.normal_(part, std=0.02)

    def forward(self, pieces: Tensor, shapes: Tensor, hints: Tensor, mask: Tensor | None = None) -> Tensor:
        places = self.places.weight[: pieces.shape[1]]
        x = self.drop(self.norm(self.pieces(pieces) + places) + self.shapes(shapes) + self.hints(hints))
        for layer in self.layers:
            x = layer(x, mask)
        told = self.top_shapes(shapes) + self.top_hints(hints)
        return self.top(torch.cat((self.drop(x), told), dim=-1))


def start_from(encoder: Encoder, weights: Mapping[str, Tensor], kept: Sequence[int]) -> None:
    """Give an encoder the weights of a BERT checkpoint; `kept` are the numbers of its layers to take."""
    state: dict[str, Any] = {
        "pieces.weight": weights["embeddings.word_embeddings.weight"],
        "places.weight": weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for number, old in enumerate(kept):
        at, layer = f"layers.{number}.", f"encoder.layer.{old}."
        for part in ("weight", "bias"):
            own = f"{layer}attention.self."
            state[f"{at}qkv.{part}"] = torch.cat(
                [weights[f"{own}{n}.{part}"] for n in ("query", "key", "value")]
            )
            state[f"{at}out.{part}"] = weights[f"{layer}attention.output.dense.{part}"]
            state[f"{at}norm1.{part}"] = weights[f"{layer}attention.output.LayerNorm.{part}"]
            state[f"{at}inner.{part}"] = weights[f"{layer}intermediate.dense.{part}"]
            state[f"{at}outer.{part}"] = weights[f"{layer}output.dense.{part}"]
            state[f"{at}norm2.{part}"] = weights[f"{layer}output.LayerNorm.{part}"]
    missing, unexpected = encoder.load_state_dict(state, strict=False)
    own_parts = ("shapes.", "hints.", "top.", "top_shapes.", "top_hints.")
    if unexpected or not all(name.startswith(own_parts) for name in missing):
        raise ValueError(f"not a checkpoint of this size: {missing} {unexpected}")
