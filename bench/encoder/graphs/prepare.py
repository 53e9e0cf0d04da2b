"""Writes what the peers need of a model: `python -m bench.encoder.graphs.prepare MODEL FOLDER`."""

import json
import sys
from pathlib import Path

import onnx
from onnxruntime.quantization import quantize_dynamic

from bench.encoder import reference
from bench.encoder.batches import Vocabulary, texts_of
from bench.encoder.graphs import ctranslate2
from bench.encoder.graphs.catalogue import FORMS, PORTABLE, STOCK, file_of
from bench.encoder.graphs.encoder import WORDS, Encoder
from bench.encoder.verify import reference_file
from bench.encoder.weights import Model

REFERENCE_LENGTHS = (8, 16, 40, 64, 128)


def write_reference(model: Model, vocabulary: Vocabulary, folder: Path) -> reference.Ranges:
    """Writes the reference's logits. The same texts calibrate static quantisation: its speed depends on no scale."""
    ranges = {}
    texts = texts_of(REFERENCE_LENGTHS, vocabulary)
    logits = [reference.logits(text, model, ranges).tolist() for text in texts]
    reference_file(folder).write_text(json.dumps({"ids": [text.tolist() for text in texts], "logits": logits}))
    return ranges


def write_graphs(model: Model, ranges: reference.Ranges, folder: Path):
    (folder / WORDS).write_bytes(model.tensor("bert.embeddings.word_embeddings.weight").tobytes())
    for masked in (False, True):
        for name, form in {**FORMS, **PORTABLE}.items():
            path = file_of(folder, name, masked)
            if name == STOCK:
                source = file_of(folder, "fp32-fused", masked)
                # Operators of com.microsoft have no shape inference: it has to be told what their outputs are.
                quantize_dynamic(source, path, extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT})
            else:
                path.write_bytes(Encoder(model, form, masked, ranges).build().SerializeToString())


def main():
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    model = Model(source)
    ranges = write_reference(model, Vocabulary.read(source / "vocab.txt"), folder)
    write_graphs(model, ranges, folder)
    ctranslate2.write(model, (source / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n"), folder)
    (folder / "complete").touch()


if __name__ == "__main__":
    main()
