"""AdamW with rates that fall from layer to layer, the schedule, and the moving average of weights."""

from __future__ import annotations

import math

import torch
from torch import nn

from training.encoder.network import Encoder
from training.encoder.recipe import Recipe


def depth(name: str, layers: int) -> int:
    """Distance of a parameter from the heads: 0 for them, 1 for the top layer, layers + 1 for the embeddings."""
    if name.startswith("classifier."):
        return 0
    if ".layer." in name:
        return layers - int(name.split(".layer.")[1].split(".")[0])
    return layers + 1


def optimiser(network: Encoder, recipe: Recipe) -> torch.optim.AdamW:
    """Every group's `lr` is relative to the recipe's peak until `set_rate` is called. No decay of biases and norms."""
    layers = network.shape.num_hidden_layers
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        distance = depth(name, layers)
        scale = recipe.head_factor if distance == 0 else recipe.layer_decay ** (distance - 1)
        decay = recipe.decay if parameter.ndim > 1 else 0.0
        groups.setdefault((scale, decay), []).append(parameter)
    described = [{"params": of, "scale": scale, "weight_decay": decay} for (scale, decay), of in groups.items()]
    return torch.optim.AdamW(described, lr=recipe.peak_rate, betas=recipe.betas, eps=1e-8, fused=True)


def schedule(step: int, steps: int, recipe: Recipe) -> float:
    """The rate of a step over the peak: a linear rise, then a cosine to a hundredth."""
    rise = max(1, round(recipe.warm_up * steps))
    if step < rise:
        return (step + 1) / rise
    return 0.01 + 0.99 * (0.5 + 0.5 * math.cos(math.pi * min(1.0, (step - rise) / max(1, steps - rise))))


def set_rate(adam: torch.optim.AdamW, factor: float, recipe: Recipe) -> None:
    """Sets every group's rate for the next step."""
    for group in adam.param_groups:
        group["lr"] = recipe.peak_rate * group["scale"] * factor


class Average:
    """The exponential moving average of a network's weights, young at first so that the start is forgotten."""

    def __init__(self, network: Encoder) -> None:
        self.weights = {name: value.detach().clone() for name, value in network.state_dict().items()}

    @torch.no_grad()
    def update(self, network: Encoder, step: int, most: float) -> None:
        """Takes in the weights after a step, counted from 0."""
        keep = min(most, (1 + step) / (10 + step))
        current = network.state_dict()
        names = list(self.weights)
        torch._foreach_lerp_([self.weights[name] for name in names], [current[name] for name in names], 1 - keep)
