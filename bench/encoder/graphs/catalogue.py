"""The graphs by name, and where their files lie."""

from pathlib import Path

from bench.encoder.graphs.form import Form

STOCK = "int8-stock"
"""Made by onnxruntime.quantization.quantize_dynamic, with its defaults, from the graph `fp32-fused`."""

FORMS = {
    "fp32-plain": Form("operators of ONNX only", gelu="exact"),
    "fp32-attention": Form("MultiHeadAttention, Add and LayerNormalization", attention="fused", gelu="exact"),
    "fp32-fused": Form(
        "as ONNX Runtime's optimiser fuses it: Attention, SkipLayerNormalization, BiasGelu",
        attention="packed",
        norm="skip",
        gelu="bias",
    ),
    "fp32-cls": Form(
        "MultiHeadAttention, last layer for [CLS] only", attention="fused", gelu="exact", merged=False, cls_only=True
    ),
    STOCK: Form("Attention, SkipLayerNormalization, BiasGelu", attention="packed", norm="skip", gelu="bias"),
    "int8-tuned": Form(
        "MatMulIntegerToFloat, MultiHeadAttention, Add and LayerNormalization",
        linear="float",
        attention="fused",
        gelu="exact",
        merged=False,
    ),
    "int8-tuned-plain": Form(
        "MatMulIntegerToFloat, attention of plain operators, Add and LayerNormalization",
        linear="float",
        gelu="exact",
        merged=False,
    ),
    "int8-cls": Form(
        "as int8-tuned, last layer for [CLS] only",
        linear="float",
        attention="fused",
        gelu="exact",
        merged=False,
        cls_only=True,
    ),
    "int8-cls-plain": Form(
        "as int8-tuned-plain, last layer for [CLS] only", linear="float", gelu="exact", merged=False, cls_only=True
    ),
}
"""For ONNX Runtime."""

PORTABLE = {
    "onnx-fp32": Form("operators of ONNX only, last layer for [CLS] only", merged=False, cls_only=True),
    "onnx-static": Form("the same, static int8", linear="static", merged=False, cls_only=True),
    "onnx-weights": Form("the same, int8 weights", linear="weights", merged=False, cls_only=True),
}
"""For runtimes that read ONNX and know no operator of Microsoft's."""


def file_of(folder: Path, name: str, masked: bool) -> Path:
    return folder / f"{name}{'-masked' if masked else ''}.onnx"
