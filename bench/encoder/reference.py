"""The forward pass in NumPy, F32: what the peers' logits are compared with before anything is timed."""

import math

import numpy as np

from bench.encoder.weights import Linear, Model, Norm

_erf = np.vectorize(math.erf, otypes=[np.float64])


def gelu(x: np.ndarray) -> np.ndarray:
    """x · Φ(x) with the exact error function."""
    return (x * 0.5 * (1 + _erf(x / math.sqrt(2)))).astype(np.float32)


def normalise(x: np.ndarray, norm: Norm, epsilon: float) -> np.ndarray:
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + epsilon) * norm.gamma + norm.beta


Ranges = dict[str, tuple[float, float]]
"""The smallest and largest input of each linear layer, by its name; both include 0."""


def apply(x: np.ndarray, linear: Linear, ranges: Ranges | None = None) -> np.ndarray:
    if ranges is not None:
        low, high = ranges.get(linear.name, (0.0, 0.0))
        ranges[linear.name] = min(low, float(x.min())), max(high, float(x.max()))
    return x @ linear.weight.T + linear.bias


def attention(x: np.ndarray, model: Model, number: int, ranges: Ranges | None) -> np.ndarray:
    """Self-attention of one text, x [tokens, hidden], before the output projection."""
    shape = model.shape

    def heads(part):
        y = apply(x, model.layer(number, f"attention.self.{part}"), ranges)
        return y.reshape(len(x), shape.heads, shape.head).transpose(1, 0, 2)

    query, key, value = heads("query"), heads("key"), heads("value")
    scores = query @ key.transpose(0, 2, 1) / math.sqrt(shape.head)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    return (weights @ value).transpose(1, 0, 2).reshape(len(x), shape.hidden)


def embed(ids: np.ndarray, model: Model) -> np.ndarray:
    words = model.tensor("bert.embeddings.word_embeddings.weight")[ids]
    positions = model.tensor("bert.embeddings.position_embeddings.weight")[: len(ids)]
    x = words + positions + model.tensor("bert.embeddings.token_type_embeddings.weight")[0]
    return normalise(x, model.norm("bert.embeddings.LayerNorm"), model.shape.epsilon)


def logits(ids: np.ndarray, model: Model, ranges: Ranges | None = None) -> np.ndarray:
    """Logits [labels] of one text's token ids [tokens]. `ranges` is widened by what the linear layers are fed."""
    x, epsilon = embed(ids, model), model.shape.epsilon
    for number in range(model.shape.layers):

        def linear(y, part, number=number):
            return apply(y, model.layer(number, part), ranges)

        mixed = linear(attention(x, model, number, ranges), "attention.output.dense")
        x = normalise(x + mixed, model.layer_norm(number, "attention.output"), epsilon)
        outer = linear(gelu(linear(x, "intermediate.dense")), "output.dense")
        x = normalise(x + outer, model.layer_norm(number, "output"), epsilon)
    return apply(x[0], model.classifier)
