"""OpenVINO on the processor, reading the portable ONNX graphs; models of fixed shape where texts are of one length."""

import openvino

from bench.encoder.batches import Batch
from bench.encoder.graphs.catalogue import file_of
from bench.encoder.peers import peer

VARIANTS = {
    "int8-static": ("onnx-static", {"INFERENCE_PRECISION_HINT": "f32"}),
    "int8-static-bf16": ("onnx-static", {"INFERENCE_PRECISION_HINT": "bf16"}),
    "int8": ("onnx-weights", {"INFERENCE_PRECISION_HINT": "f32", "DYNAMIC_QUANTIZATION_GROUP_SIZE": "384"}),
    "int8-bf16": ("onnx-weights", {"INFERENCE_PRECISION_HINT": "bf16", "DYNAMIC_QUANTIZATION_GROUP_SIZE": "384"}),
    "bf16": ("onnx-fp32", {"INFERENCE_PRECISION_HINT": "bf16"}),
    "fp32": ("onnx-fp32", {"INFERENCE_PRECISION_HINT": "f32"}),
}
"""Graph and properties by variant."""
FIXED_SHAPES = 8
"""Each of so many shapes gets a model compiled for it; further ones share a model of any shape."""


class Loaded(peer.Loaded):
    def __init__(self, setting: peer.Setting, graph: str, properties: dict[str, str]):
        self.setting, self.graph = setting, graph
        self.properties = {
            **properties,
            "INFERENCE_NUM_THREADS": str(setting.threads),
            "NUM_STREAMS": "1",
            "PERFORMANCE_HINT": "LATENCY",
        }
        self.core = openvino.Core()
        self.requests = {}

    def compile(self, masked: bool, shape):
        model = self.core.read_model(file_of(self.setting.folder, self.graph, masked))
        if shape:
            model.reshape({name.any_name: shape for name in model.inputs})
        return self.core.compile_model(model, "CPU", self.properties).create_infer_request()

    def prepare(self, batch: Batch):
        fixed = not batch.padded and (batch.ids.shape in self.requests or len(self.requests) < FIXED_SHAPES)
        key = batch.ids.shape if fixed else batch.padded
        if key not in self.requests:
            self.requests[key] = self.compile(batch.padded, batch.ids.shape if fixed else None)
        inputs = {"ids": batch.ids, "mask": batch.mask} if batch.padded else {"ids": batch.ids}
        return self.requests[key], inputs

    def __call__(self, prepared):
        request, inputs = prepared
        return next(iter(request.infer(inputs, share_inputs=True, share_outputs=False).values()))


class Peer(peer.Peer):
    def versions(self):
        return {"openvino": openvino.__version__}

    def variants(self):
        def note(graph, properties):
            return f"graph {graph}, " + ", ".join(f"{name}={value}" for name, value in properties.items())

        return {name: note(*options) for name, options in VARIANTS.items()}

    def load(self, variant):
        return Loaded(self.setting, *VARIANTS[variant])
