"""The encoder as an ONNX graph."""

import math

import numpy as np
from onnx import ModelProto, TensorProto

from bench.encoder.graphs.form import Form
from bench.encoder.graphs.writer import Writer
from bench.encoder.reference import Ranges
from bench.encoder.weights import Linear, Model, quantise_rows

MASKED_OUT = -10000.0
WORDS = "words.bin"
"""File beside the graphs that all of them share: the embeddings of words, F32."""


class Encoder:
    """Writes one graph: inputs `ids` [texts, tokens] int64 (and `mask`, int64), output `logits` [texts, labels]."""

    def __init__(self, model: Model, form: Form, masked: bool, ranges: Ranges):
        """`ranges` of the linear layers' inputs, for static quantisation."""
        self.ranges = ranges
        self.model, self.form, self.masked, self.shape = model, form, masked, model.shape
        self.writer = Writer()
        self._quantised = {}

    def build(self) -> ModelProto:
        inputs = {"ids": (TensorProto.INT64, ["texts", "tokens"])}
        if self.masked:
            kind = TensorProto.INT32 if self.form.attention != "plain" else TensorProto.INT64
            inputs["mask"] = (kind, ["texts", "tokens"])
        x = self._embed()
        mask = self._mask() if self.masked else ""
        for number in range(self.shape.layers):
            only = self.form.cls_only and number == self.shape.layers - 1
            x = self._layer(x, number, mask, only)
        first = self.writer.node("Gather", x, self.writer.constant(0, np.int64), axis=1)
        classifier = self.model.classifier
        weight, bias = self.writer.tensor(classifier.weight), self.writer.tensor(classifier.bias)
        output = self.writer.node("Gemm", first, weight, bias, transB=1)
        return self.writer.model(inputs, output, len(classifier.bias))

    def _embed(self) -> str:
        w, name = self.writer, "bert.embeddings."
        words = w.node("Gather", w.external(WORDS, self.model.tensor(name + "word_embeddings.weight")), "ids", axis=0)
        table = self.model.tensor(name + "position_embeddings.weight")
        table = table + self.model.tensor(name + "token_type_embeddings.weight")[0]
        tokens = w.node("Shape", "ids", start=1, end=2)
        positions = w.node("Slice", w.tensor(table), w.integers(0), tokens, w.integers(0))
        norm = self.model.norm(name + "LayerNorm")
        return self._norm(w.node("Add", words, positions), norm)

    def _mask(self) -> str:
        """plain: what is added to the scores, [texts, 1, 1, tokens]; fused: the mask as it came."""
        if self.form.attention != "plain":
            return "mask"
        w = self.writer
        floats = w.node("Cast", w.node("Unsqueeze", "mask", w.integers(1, 2)), to=TensorProto.FLOAT)
        return w.node("Mul", w.node("Sub", w.scalar(1), floats), w.scalar(MASKED_OUT))

    def _layer(self, x: str, number: int, mask: str, only: bool) -> str:
        w = self.writer
        row = w.node("Slice", x, w.integers(0), w.integers(1), w.integers(1)) if only else x
        mixed = self._attention(x, row, number, mask)
        attended = self._linear(mixed, self.model.layer(number, "attention.output.dense"))
        x = self._skip_norm(attended, row, self.model.layer_norm(number, "attention.output"))
        inner = self._gelu(x, self.model.layer(number, "intermediate.dense"))
        outer = self._linear(inner, self.model.layer(number, "output.dense"))
        return self._skip_norm(outer, x, self.model.layer_norm(number, "output"))

    def _attention(self, x: str, row: str, number: int, mask: str) -> str:
        """Attention of `row` (all rows, or [CLS]) over `x`; [texts, rows, hidden]."""
        query, key, value = (self.model.layer(number, f"attention.self.{part}") for part in ("query", "key", "value"))
        if self.form.attention == "packed" and row == x:
            return self._packed_attention(x, merge(query, key, value), mask)
        if self.form.attention == "plain":
            query = scaled(query, 1 / math.sqrt(self.shape.head))
        q, k, v = self._query_key_value(x, row, query, key, value)
        if self.form.attention == "plain":
            return self._plain_attention(q, k, v, mask)
        inputs = [q, k, v, "", mask] if mask else [q, k, v]
        return self.writer.microsoft("MultiHeadAttention", *inputs, num_heads=self.shape.heads)

    def _packed_attention(self, x: str, linear: Linear, mask: str) -> str:
        weight, bias = self.writer.tensor(linear.weight.T), self.writer.tensor(linear.bias)
        inputs = [x, weight, bias, mask] if mask else [x, weight, bias]
        return self.writer.microsoft("Attention", *inputs, num_heads=self.shape.heads)

    def _query_key_value(self, x: str, row: str, query: Linear, key: Linear, value: Linear):
        if not self.form.merged:
            return self._linear(row, query), self._linear(x, key), self._linear(x, value)
        if row == x:
            return self._split(self._linear(x, merge(query, key, value)), 3)
        return self._linear(row, query), *self._split(self._linear(x, merge(key, value)), 2)

    def _split(self, x: str, parts: int) -> list[str]:
        return self.writer.node("Split", x, outputs=parts, axis=2, num_outputs=parts)

    def _plain_attention(self, query: str, key: str, value: str, mask: str) -> str:
        w = self.writer
        split = w.integers(0, 0, self.shape.heads, self.shape.head)

        def heads(y, order):
            return w.node("Transpose", w.node("Reshape", y, split), perm=order)

        scores = w.node("MatMul", heads(query, [0, 2, 1, 3]), heads(key, [0, 2, 3, 1]))
        if mask:
            scores = w.node("Add", scores, mask)
        mixed = w.node("MatMul", w.node("Softmax", scores, axis=-1), heads(value, [0, 2, 1, 3]))
        joined = w.node("Transpose", mixed, perm=[0, 2, 1, 3])
        return w.node("Reshape", joined, w.integers(0, 0, self.shape.hidden))

    def _linear(self, x: str, linear: Linear, with_bias: bool = True) -> str:
        """x · weightᵀ, with the bias unless the next node adds it."""
        w = self.writer
        if self.form.linear == "fp32":
            product = w.node("MatMul", x, w.tensor(linear.weight.T))
            return w.node("Add", product, w.tensor(linear.bias)) if with_bias else product
        values, scale = quantise_rows(linear.weight)
        weight, scale, zero = w.tensor(values.T), w.tensor(scale), w.tensor(np.zeros(len(scale), np.int8))
        if self.form.linear == "static":
            x = self._quantise_and_back(x, self.ranges[linear.name])
        if self.form.linear in ("weights", "static"):
            product = w.node("MatMul", x, w.node("DequantizeLinear", weight, scale, zero, axis=1))
            return w.node("Add", product, w.tensor(linear.bias))
        bias = [w.tensor(linear.bias)] if with_bias else []
        quantised, x_scale, x_zero = self._quantise(x)
        return w.microsoft("MatMulIntegerToFloat", quantised, weight, x_scale, scale, x_zero, zero, *bias)

    def _quantise_and_back(self, x: str, limits: tuple[float, float]) -> str:
        low, high = limits
        scale = (high - low) / 255
        parameters = self.writer.scalar(scale), self.writer.constant(round(-low / scale), np.uint8)
        return self.writer.node("DequantizeLinear", self.writer.node("QuantizeLinear", x, *parameters), *parameters)

    def _quantise(self, x: str):
        if x not in self._quantised:
            self._quantised[x] = self.writer.node("DynamicQuantizeLinear", x, outputs=3)
        return self._quantised[x]

    def _gelu(self, x: str, linear: Linear) -> str:
        """The widening linear layer and its activation."""
        if self.form.gelu == "exact":
            return self.writer.node("Gelu", self._linear(x, linear))
        product = self._linear(x, linear, with_bias=False)
        return self.writer.microsoft("BiasGelu", product, self.writer.tensor(linear.bias))

    def _norm(self, x: str, norm) -> str:
        gamma, beta = self.writer.tensor(norm.gamma), self.writer.tensor(norm.beta)
        return self.writer.node("LayerNormalization", x, gamma, beta, axis=-1, epsilon=self.shape.epsilon)

    def _skip_norm(self, x: str, skip: str, norm) -> str:
        if self.form.norm == "add":
            return self._norm(self.writer.node("Add", x, skip), norm)
        gamma, beta = self.writer.tensor(norm.gamma), self.writer.tensor(norm.beta)
        return self.writer.microsoft("SkipLayerNormalization", x, skip, gamma, beta, epsilon=self.shape.epsilon)


def merge(*linears: Linear) -> Linear:
    return Linear(np.concatenate([one.weight for one in linears]), np.concatenate([one.bias for one in linears]))


def scaled(linear: Linear, factor: float) -> Linear:
    return Linear(linear.weight * np.float32(factor), linear.bias * np.float32(factor), linear.name)
