"""BERT for sequence classification with the last layer computed for [CLS] alone.

Parameter names are those of Hugging Face's BertForSequenceClassification, so that weights load and export unchanged.
The logit is a linear map of the last hidden state of [CLS]; there is no pooler.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class Shape:
    """The members of config.json that the network depends on."""

    vocab_size: int
    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    max_position_embeddings: int
    type_vocab_size: int = 2
    layer_norm_eps: float = 1e-12

    @staticmethod
    def read(path: Path) -> Shape:
        """From a Hugging Face config.json."""
        config = json.loads(path.read_text(encoding="utf-8"))
        return Shape(**{name: config[name] for name in Shape.__dataclass_fields__ if name in config})

    def as_json(self) -> dict[str, Any]:
        """Members for a config.json."""
        return asdict(self)


@dataclass(frozen=True)
class Dropout:
    """Rates: of hidden states after embeddings, attention and feed-forward; of the state that the heads read."""

    hidden: float = 0.0
    head: float = 0.1


class Embeddings(nn.Module):
    """Word, position and type embeddings, summed and normalised."""

    def __init__(self, shape: Shape, dropout: Dropout) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(shape.vocab_size, shape.hidden_size)
        self.position_embeddings = nn.Embedding(shape.max_position_embeddings, shape.hidden_size)
        self.token_type_embeddings = nn.Embedding(shape.type_vocab_size, shape.hidden_size)
        self.LayerNorm = nn.LayerNorm(shape.hidden_size, eps=shape.layer_norm_eps)
        self.dropout = nn.Dropout(dropout.hidden)

    def forward(self, tokens: Tensor) -> Tensor:
        """States [rows, length, hidden] of token numbers [rows, length]."""
        places = self.position_embeddings.weight[: tokens.shape[1]] + self.token_type_embeddings.weight[0]
        return self.dropout(self.LayerNorm(self.word_embeddings(tokens) + places))


class Layer(nn.Module):
    """One transformer layer; names as in Hugging Face's BertLayer."""

    def __init__(self, shape: Shape, dropout: Dropout) -> None:
        super().__init__()
        width, self.heads = shape.hidden_size, shape.num_attention_heads
        query, key, value = (nn.Linear(width, width) for _ in range(3))
        inner = nn.ModuleDict({"query": query, "key": key, "value": value})
        self.attention = nn.ModuleDict({"self": inner, "output": self._output(width, width, shape)})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(width, shape.intermediate_size)})
        self.output = self._output(shape.intermediate_size, width, shape)
        self.dropout = nn.Dropout(dropout.hidden)

    @staticmethod
    def _output(inputs: int, width: int, shape: Shape) -> nn.ModuleDict:
        norm = nn.LayerNorm(width, eps=shape.layer_norm_eps)
        return nn.ModuleDict({"dense": nn.Linear(inputs, width), "LayerNorm": norm})

    def _split(self, states: Tensor) -> Tensor:
        rows, length, width = states.shape
        return states.view(rows, length, self.heads, width // self.heads).transpose(1, 2)

    @staticmethod
    def _given(asking: Tensor, states: Tensor) -> tuple[tuple[str, Tensor], ...]:
        return ("query", asking), ("key", states), ("value", states)

    def forward(self, states: Tensor, bias: Tensor, *, first_only: bool) -> Tensor:
        """New states; `bias` [rows, 1, 1, length] is -inf at padding. With `first_only` those of token 0 alone."""
        inner = self.attention["self"]
        asking = states[:, :1] if first_only else states
        query, key, value = (self._split(inner[part](given)) for part, given in self._given(asking, states))
        # Written out: the backward pass of torch's fused attention takes several times as long on a CPU.
        scores = torch.matmul(query * query.shape[-1] ** -0.5, key.transpose(-1, -2)) + bias
        mixed = torch.matmul(scores.softmax(-1).to(value.dtype), value).transpose(1, 2).reshape(asking.shape)
        output = self.attention["output"]
        attended = output["LayerNorm"](asking + self.dropout(output["dense"](mixed)))
        wide = functional.gelu(self.intermediate["dense"](attended))
        return self.output["LayerNorm"](attended + self.dropout(self.output["dense"](wide)))


class Encoder(nn.Module):
    """Token numbers to one logit a label."""

    def __init__(self, shape: Shape, labels: int, dropout: Dropout | None = None) -> None:
        super().__init__()
        dropout = dropout or Dropout()
        self.shape = shape
        layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.num_hidden_layers))
        encoder = nn.ModuleDict({"layer": layers})
        self.bert = nn.ModuleDict({"embeddings": Embeddings(shape, dropout), "encoder": encoder})
        self.dropout = nn.Dropout(dropout.head)
        self.classifier = nn.Linear(shape.hidden_size, labels)
        nn.init.normal_(self.classifier.weight, std=1 / math.sqrt(shape.hidden_size) / 4)
        nn.init.zeros_(self.classifier.bias)

    def forward(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        """Logits [rows, labels] of token numbers [rows, length], of which `lengths` [rows] count."""
        places = torch.arange(tokens.shape[1], device=tokens.device)
        padding = places[None, :] >= lengths[:, None]
        bias = torch.zeros(padding.shape).masked_fill_(padding, -math.inf)[:, None, None, :]
        states = self.bert["embeddings"](tokens)
        layers = self.bert["encoder"]["layer"]
        for number, layer in enumerate(layers):
            states = layer(states, bias, first_only=number + 1 == len(layers))
        return self.classifier(self.dropout(states[:, 0])).float()


def load_base(folder: Path, labels: int, dropout: Dropout) -> Encoder:
    """An encoder with the base weights of a Hugging Face directory and new heads."""
    network = Encoder(Shape.read(folder / "config.json"), labels, dropout)
    given = load_file(folder / "model.safetensors")
    known = network.state_dict()
    named = {name if name.startswith("bert.") else f"bert.{name}": value for name, value in given.items()}
    kept = {name: value.float() for name, value in named.items() if name in known}
    missing = [name for name in known if name not in kept and not name.startswith("classifier.")]
    if missing:
        raise ValueError(f"{folder}/model.safetensors lacks {', '.join(missing)}: is it a BERT model?")
    network.load_state_dict(kept, strict=False)
    return network
