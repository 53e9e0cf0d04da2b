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


def apply(x: np.ndarray, linear: Linear) -> np.ndarray:
    return x @ linear.weight.T + linear.bias


def attention(x: np.ndarray, model: Model, number: int) -> np.ndarray:
    """Self-attention of one text, x [tokens, hidden], before the output projection."""
    shape = model.shape

    def heads(part):
        y = apply(x, model.layer(number, f"attention.self.{part}"))
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


def logits(ids: np.ndarray, model: Model) -> np.ndarray:
    """Logits [labels] of one text's token ids [tokens]."""
    x, epsilon = embed(ids, model), model.shape.epsilon
    for number in range(model.shape.layers):
        mixed = apply(attention(x, model, number), model.layer(number, "attention.output.dense"))
        x = normalise(x + mixed, model.layer_norm(number, "attention.output"), epsilon)
        inner = gelu(apply(x, model.layer(number, "intermediate.dense")))
        x = normalise(
            x + apply(inner, model.layer(number, "output.dense")), model.layer_norm(number, "output"), epsilon
        )
    return apply(x[0], model.classifier)
