"""PyTorch: the same layers with scaled_dot_product_attention; dynamic int8 by torch.ao.quantization."""

import numpy as np
import torch
from torch import nn
from torch.ao.quantization import per_channel_dynamic_qconfig
from torch.nn import functional

from bench.encoder.batches import Batch
from bench.encoder.peers import peer
from bench.encoder.weights import Model

VARIANTS = {
    "int8": "torch.ao.quantization.quantize_dynamic of nn.Linear, a scale per channel",
    "bf16": "weights and activations bfloat16",
    "fp32": "float32",
}


def linear(source) -> nn.Linear:
    layer = nn.Linear(source.weight.shape[1], source.weight.shape[0])
    layer.weight.data, layer.bias.data = torch.from_numpy(source.weight), torch.from_numpy(source.bias)
    return layer


def norm(source, epsilon: float) -> nn.LayerNorm:
    layer = nn.LayerNorm(len(source.gamma), eps=epsilon)
    layer.weight.data, layer.bias.data = torch.from_numpy(source.gamma), torch.from_numpy(source.beta)
    return layer


class Layer(nn.Module):
    def __init__(self, model: Model, number: int):
        super().__init__()
        self.heads, epsilon = model.shape.heads, model.shape.epsilon
        self.query, self.key, self.value = (
            linear(model.layer(number, f"attention.self.{part}")) for part in ("query", "key", "value")
        )
        self.mixed = linear(model.layer(number, "attention.output.dense"))
        self.norm = norm(model.layer_norm(number, "attention.output"), epsilon)
        self.inner = linear(model.layer(number, "intermediate.dense"))
        self.outer = linear(model.layer(number, "output.dense"))
        self.outer_norm = norm(model.layer_norm(number, "output"), epsilon)

    def split(self, x):
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(self, x, mask):
        query, key, value = (self.split(part(x)) for part in (self.query, self.key, self.value))
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        x = self.norm(x + self.mixed(mixed.transpose(1, 2).flatten(2)))
        return self.outer_norm(x + self.outer(functional.gelu(self.inner(x))))


class Encoder(nn.Module):
    def __init__(self, model: Model):
        super().__init__()
        name = "bert.embeddings."
        self.words = nn.Embedding.from_pretrained(torch.from_numpy(model.tensor(name + "word_embeddings.weight")))
        positions = model.tensor(name + "position_embeddings.weight")
        self.positions = nn.Parameter(
            torch.from_numpy(positions + model.tensor(name + "token_type_embeddings.weight")[0]), requires_grad=False
        )
        self.norm = norm(model.norm(name + "LayerNorm"), model.shape.epsilon)
        self.layers = nn.ModuleList(Layer(model, number) for number in range(model.shape.layers))
        self.classifier = linear(model.classifier)

    def forward(self, ids, mask):
        x = self.norm(self.words(ids) + self.positions[: ids.shape[1]])
        for layer in self.layers:
            x = layer(x, mask)
        return self.classifier(x[:, 0])


class Loaded(peer.Loaded):
    def __init__(self, setting: peer.Setting, variant: str):
        torch.set_num_threads(setting.threads)
        self.model = Encoder(Model(setting.model)).eval()
        if variant == "int8":
            self.model = torch.ao.quantization.quantize_dynamic(self.model, {nn.Linear: per_channel_dynamic_qconfig})
        elif variant == "bf16":
            self.model = self.model.bfloat16()

    def prepare(self, batch: Batch):
        mask = torch.from_numpy(batch.mask.astype(bool))[:, None, None, :] if batch.padded else None
        return torch.from_numpy(batch.ids), mask

    @torch.inference_mode()
    def __call__(self, prepared) -> np.ndarray:
        return self.model(*prepared).float().numpy()


class Peer(peer.Peer):
    def versions(self):
        return {"torch": torch.__version__}

    def variants(self):
        return VARIANTS

    def load(self, variant):
        return Loaded(self.setting, variant)
