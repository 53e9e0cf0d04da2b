"""One training run, which may be cut at any moment and continued by the same command."""

from __future__ import annotations

import signal
import time
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional
from tqdm import tqdm

from training.encoder import checkpoint, report
from training.encoder.auc import auc
from training.encoder.checkpoint import Position
from training.encoder.corpus import OWN, Corpus, digest
from training.encoder.network import Encoder
from training.encoder.optimiser import Average, optimiser, schedule, set_rate
from training.encoder.plan import Batch, Plan
from training.encoder.recipe import Recipe
from training.tables import LABELS

REPORT_EVERY = 50  # steps
DEVELOPMENT_EVERY = 1500  # steps
SMOOTH = 0.98


def autocast(precision: str) -> AbstractContextManager[Any]:
    """Matrix products in bfloat16 where asked for; weights, sums and the optimiser stay in fp32."""
    return torch.autocast("cpu", torch.bfloat16, enabled=precision == "bf16")


def loss_of(logits: torch.Tensor, batch: Batch, corpus: Corpus, label_weights: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of the six heads over the labels that are known, by weight."""
    target = torch.from_numpy(np.nan_to_num(corpus.target[batch.rows]))
    cost = torch.from_numpy(corpus.cost[batch.rows]) * label_weights
    each = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return (each * cost).sum() / cost.sum()


@torch.inference_mode()
def logits_of(network: Encoder, batches: list[Batch], precision: str, progress: str | None = None) -> np.ndarray:
    """Logits [rows, labels] of all batches' rows, in the order of the batches."""
    network.eval()
    parts = []
    for batch in tqdm(batches, desc=progress, disable=progress is None, leave=False, mininterval=2):
        with autocast(precision):
            parts.append(network(torch.from_numpy(batch.tokens), torch.from_numpy(batch.lengths)).numpy())
    return np.concatenate(parts)


def development_figures(logits: np.ndarray, rows: np.ndarray, corpus: Corpus, recipe: Recipe) -> dict[str, float]:
    """AUC on held-out rows: each label on Jigsaw's, hate on all hate sets and on templates that were never read."""
    names = np.array([source.name for source in recipe.sources])[corpus.source[rows]]
    target, cost = corpus.target[rows], corpus.cost[rows]
    figures: dict[str, float] = {}
    jigsaw = np.isin(names, ("jigsaw", "jigsaw_natural"))
    for column, label in enumerate(LABELS):
        figures[label] = auc(target[jigsaw, column] >= 0.5, logits[jigsaw, column])
    figures["mean"] = float(np.nanmean([figures[label] for label in LABELS]))
    own = names == OWN
    for title, chosen in (("own", own), ("hate sets", ~own & ~jigsaw)):
        for label in ("toxic", "identity_hate"):
            column = LABELS.index(label)
            known = chosen & (cost[:, column] > 0)
            figures[f"{title} {label}"] = auc(target[known, column] >= 0.5, logits[known, column])
    return figures


class Run:
    """Network, optimiser, average and position; `folder` holds all that outlives the process."""

    def __init__(self, network: Encoder, plan: Plan, recipe: Recipe, folder: Path, *, precision: str) -> None:
        """Continues the checkpoint of `folder` if there is one."""
        self.network, self.plan, self.recipe, self.folder, self.precision = network, plan, recipe, folder, precision
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(recipe.seed)
        self.adam = optimiser(network, recipe)
        self.average = Average(network)
        self.position = Position()
        self.digest = digest(plan.corpus, recipe)
        self.label_weights = torch.tensor(recipe.label_weights)
        self.smooth_loss: float | None = None
        self.asked_to_stop = False
        self._batches = plan.epoch(0)
        self.steps_an_epoch = len(self._batches)
        if (saved := checkpoint.load(folder, self.digest)) is not None:
            self._restore(saved)

    @property
    def steps(self) -> int:
        """Steps of the whole run; epochs differ in length by little, the schedule is by the first."""
        return self.steps_an_epoch * self.recipe.epochs

    def _restore(self, saved: dict[str, Any]) -> None:
        self.network.load_state_dict(saved["network"])
        self.adam.load_state_dict(saved["adam"])
        self.average.weights = saved["average"]
        self.position = Position(**saved["position"])
        self.smooth_loss = saved["smooth_loss"]
        checkpoint.restore_random_states(saved["random"])
        if self.position.epoch > 0:
            self._batches = self.plan.epoch(self.position.epoch)

    def save(self) -> None:
        """Writes the checkpoint."""
        content = {
            "digest": self.digest,
            "recipe": self.recipe.as_json(),
            "network": self.network.state_dict(),
            "adam": self.adam.state_dict(),
            "average": self.average.weights,
            "position": asdict(self.position),
            "smooth_loss": self.smooth_loss,
            "random": checkpoint.random_states(),
        }
        checkpoint.save(self.folder, content)

    def step(self, batch: Batch) -> float:
        """One step of the optimiser; the batch's loss."""
        self.network.train()
        set_rate(self.adam, schedule(self.position.step, self.steps, self.recipe), self.recipe)
        with autocast(self.precision):
            logits = self.network(torch.from_numpy(batch.tokens), torch.from_numpy(batch.lengths))
        loss = loss_of(logits, batch, self.plan.corpus, self.label_weights)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        self.adam.step()
        self.adam.zero_grad()
        self.average.update(self.network, self.position.step, self.recipe.average)
        return loss.item()

    def _advance(self, batch: Batch, seconds: float) -> None:
        self.position.step += 1
        self.position.batch += 1
        self.position.tokens += int(batch.lengths.sum())
        self.position.seconds += seconds

    def _next_epoch(self) -> None:
        checkpoint.save(self.folder, self.average.weights, f"average-{self.position.epoch + 1}.pt")
        self.position.epoch += 1
        self.position.batch = 0
        if self.position.epoch < self.recipe.epochs:
            self._batches = self.plan.epoch(self.position.epoch)

    def run(self, save_every: float = 240.0) -> bool:
        """Trains until the end, or until SIGTERM or SIGINT; saves in either case. Whether the run is finished."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        saved = time.monotonic()
        with tqdm(total=self.steps, initial=self.position.step, unit="step", mininterval=10, maxinterval=60) as bar:
            while self.position.epoch < self.recipe.epochs and not self.asked_to_stop:
                if self.position.batch == len(self._batches):
                    self._next_epoch()
                    continue
                begin = time.monotonic()
                batch = self._batches[self.position.batch]
                loss = self.step(batch)
                self._advance(batch, time.monotonic() - begin)
                self._tell(bar, loss)
                if time.monotonic() - saved > save_every:
                    self.save()
                    saved = time.monotonic()
        self.save()
        finished = self.position.epoch == self.recipe.epochs
        if finished:
            self.develop()
            report.write_page(self.folder, self.steps, f"Finished after {self.position.step} steps")
        return finished

    def _stop(self, *_: object) -> None:
        self.asked_to_stop = True

    def _tell(self, bar: tqdm, loss: float) -> None:
        step = self.position.step
        self.smooth_loss = loss if self.smooth_loss is None else SMOOTH * self.smooth_loss + (1 - SMOOTH) * loss
        rate = self.position.tokens / max(self.position.seconds, 1e-9)
        bar.update()
        bar.set_postfix(
            epoch=self.position.epoch + 1, loss=f"{self.smooth_loss:.4f}", tokens_s=f"{rate:.0f}", refresh=False
        )
        if step % REPORT_EVERY == 0:
            report.append(self.folder, {"kind": "train", "step": step, "loss": self.smooth_loss, "tokens_s": rate})
        if step % DEVELOPMENT_EVERY == 0:
            self.develop()
        if step % (4 * REPORT_EVERY) == 0:
            report.write_page(self.folder, self.steps, f"Step {step} of {self.steps}, {rate:.0f} tokens/s")

    def develop(self) -> dict[str, float]:
        """Measures the averaged weights on held-out training rows and adds the figures to the metrics."""
        current = {name: value.clone() for name, value in self.network.state_dict().items()}
        self.network.load_state_dict(self.average.weights)
        batches = self.plan.development()
        logits = logits_of(self.network, batches, self.precision)
        self.network.load_state_dict(current)
        rows = np.concatenate([batch.rows for batch in batches])
        figures = development_figures(logits, rows, self.plan.corpus, self.recipe)
        report.append(self.folder, {"kind": "development", "step": self.position.step, **figures})
        return figures
