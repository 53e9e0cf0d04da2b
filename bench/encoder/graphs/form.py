"""What two graphs of the same model may differ in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """One way of writing the model. Every choice that ONNX Runtime's speed depends on is a field."""

    note: str
    """For the table of peers."""
    linear: str = "fp32"
    """fp32 · float: DynamicQuantizeLinear and MatMulIntegerToFloat · weights: int8 weights behind DequantizeLinear, for
    runtimes that make an int8 product of that · static: that, and activations through QuantizeLinear with scales that
    were measured before."""
    attention: str = "plain"
    """plain: reshape, transpose, two MatMul and Softmax · fused: MultiHeadAttention · packed: Attention, which computes
    query, key and value too (fp32 only)."""
    merged: bool = True
    """Query, key and value are one matrix product."""
    norm: str = "add"
    """add: Add and LayerNormalization · skip: SkipLayerNormalization."""
    gelu: str = "exact"
    """exact: Gelu · bias: BiasGelu, together with the bias."""
    cls_only: bool = False
    """Of the last layer only the row of [CLS] is computed beyond key and value; the logits are the same."""
