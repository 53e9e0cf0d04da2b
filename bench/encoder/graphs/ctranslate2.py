"""The model in CTranslate2's own form, written without its converters, which need PyTorch and transformers."""

from pathlib import Path

import numpy as np
from ctranslate2.specs import common_spec, transformer_spec

from bench.encoder.graphs.encoder import merge
from bench.encoder.weights import Linear, Model, Norm

FOLDER = "ctranslate2"


def set_linear(spec, linear: Linear):
    spec.weight, spec.bias = linear.weight, linear.bias


def set_norm(spec, norm: Norm):
    spec.gamma, spec.beta = norm.gamma, norm.beta


def empty(model: Model):
    encoder = transformer_spec.TransformerEncoderSpec(
        model.shape.layers,
        model.shape.heads,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
        num_source_embeddings=2,
        embeddings_merge=common_spec.EmbeddingsMerge.ADD,
    )
    encoder.scale_embeddings = False
    return transformer_spec.TransformerEncoderModelSpec(encoder)


def set_layer(spec, model: Model, number: int):
    query, key, value = (model.layer(number, f"attention.self.{part}") for part in ("query", "key", "value"))
    set_linear(spec.self_attention.linear[0], merge(query, key, value))
    set_linear(spec.self_attention.linear[1], model.layer(number, "attention.output.dense"))
    set_norm(spec.self_attention.layer_norm, model.layer_norm(number, "attention.output"))
    set_linear(spec.ffn.linear_0, model.layer(number, "intermediate.dense"))
    set_linear(spec.ffn.linear_1, model.layer(number, "output.dense"))
    set_norm(spec.ffn.layer_norm, model.layer_norm(number, "output"))


def write(model: Model, words: list[str], folder: Path):
    """Writes `folder`/ctranslate2. The classifier is beside it: CTranslate2's encoders end with the last state."""
    spec, name = empty(model), "bert.embeddings."
    spec.encoder.embeddings[0].weight = model.tensor(name + "word_embeddings.weight")
    spec.encoder.embeddings[1].weight = model.tensor(name + "token_type_embeddings.weight")
    spec.encoder.position_encodings.encodings = model.tensor(name + "position_embeddings.weight")
    set_norm(spec.encoder.layernorm_embedding, model.norm(name + "LayerNorm"))
    for number, layer in enumerate(spec.encoder.layer):
        set_layer(layer, model, number)
    spec.register_vocabulary(words)
    spec.config.unk_token = "[UNK]"
    spec.config.layer_norm_epsilon = model.shape.epsilon
    spec.validate()
    target = folder / FOLDER
    target.mkdir(exist_ok=True)
    spec.save(str(target))
    np.savez(target / "classifier.npz", weight=model.classifier.weight, bias=model.classifier.bias)
