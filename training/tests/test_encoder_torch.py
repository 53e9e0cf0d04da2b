"""Network, optimiser and continued runs on a tiny model. Needs torch: .venv-train/bin/python -m pytest <this file>."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is in .venv-train only, which training/encoder/run makes")

from training.encoder import checkpoint, report, score  # noqa: E402
from training.encoder.corpus import Corpus  # noqa: E402
from training.encoder.evaluate import markdown  # noqa: E402
from training.encoder.network import Dropout, Encoder, Shape, load_base  # noqa: E402
from training.encoder.optimiser import Average, depth, optimiser, schedule  # noqa: E402
from training.encoder.plan import Plan, pad  # noqa: E402
from training.encoder.quantise import configuration, quantise_directory, write_directory  # noqa: E402
from training.encoder.recipe import Recipe, Source  # noqa: E402
from training.encoder.trainer import Run, development_figures, logits_of, loss_of  # noqa: E402
from training.tables import ROOT  # noqa: E402

torch.set_num_threads(1)

SHAPE = Shape(200, 32, 2, 4, 64, 40)
SOURCES = tuple(Source(name, 1.0) for name in ("jigsaw", "own_sentences", "toxigen"))
RECIPE = replace(Recipe(), sources=SOURCES, epochs=2, most_rows=8, most_tokens=200, short=20, long=30, peak_rate=1e-3)


def tokenise(texts: list[str]) -> list[np.ndarray]:
    return [np.array([101, *(110 + ord(c) % 60 for c in text), 102], np.int32) for text in texts]


def plan() -> Plan:
    rng = np.random.default_rng(2)
    letters = rng.choice(list("abcd "), (240, 12))
    texts = ["".join(row) for row in letters]
    target = np.array([[text.count("a") > 3] * 6 for text in texts], np.float32)
    held_out = np.arange(240) % 8 == 0
    rate = np.where(held_out, 0, 1).astype(np.float32)
    noise = np.full(240, 0.2, np.float32)
    cost = np.ones((240, 6), np.float32)
    return Plan(Corpus(texts, target, cost, np.arange(240) % 3, rate, noise, held_out), RECIPE, tokenise)


def network(seed: int = 3) -> Encoder:
    torch.manual_seed(seed)
    return Encoder(SHAPE, 6, Dropout(0.1, 0.1))


def run(folder: Path, recipe: Recipe = RECIPE) -> Run:
    return Run(network(), plan(), recipe, folder, precision="fp32")


def test_logits_are_those_of_transformers(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    ours = network().eval()
    config = transformers.BertConfig(**SHAPE.as_json(), hidden_dropout_prob=0)
    theirs = transformers.BertModel(config, add_pooling_layer=False).eval()
    weights = {name.removeprefix("bert."): value for name, value in ours.state_dict().items()}
    theirs.load_state_dict({k: v for k, v in weights.items() if not k.startswith("classifier.")}, strict=True)
    batch = pad([np.arange(5) + 10, np.arange(17) + 50, np.array([3])], np.arange(3))
    tokens, lengths = torch.from_numpy(batch.tokens), torch.from_numpy(batch.lengths)
    mask = (torch.arange(tokens.shape[1])[None] < lengths[:, None]).long()
    with torch.inference_mode():
        state = theirs(input_ids=tokens, attention_mask=mask).last_hidden_state[:, 0]
        torch.testing.assert_close(ours(tokens, lengths), ours.classifier(state), atol=2e-5, rtol=1e-4)


def test_a_text_scores_the_same_in_any_batch() -> None:
    tiny = network()
    sequences = [np.arange(n) % 90 + 5 for n in (4, 9, 30)]
    together = logits_of(tiny, [pad(sequences, np.arange(3))], "fp32")
    alone = np.concatenate([logits_of(tiny, [pad([one], np.array([0]))], "fp32") for one in sequences])
    assert np.abs(together - alone).max() < 1e-5


def test_masked_labels_do_not_teach() -> None:
    one = plan()
    corpus = replace(one.corpus, target=one.corpus.target.copy(), cost=one.corpus.cost.copy())
    corpus.cost[:, 1:] = 0
    corpus.target[:, 1:] = np.nan
    logits = torch.zeros((8, 6), requires_grad=True)
    loss_of(logits, one.epoch(0)[0], corpus, torch.ones(6)).backward()
    assert (logits.grad[:, 0] != 0).all()
    assert not logits.grad[:, 1:].any()


def test_rates_fall_from_the_heads_to_the_embeddings() -> None:
    adam = optimiser(network(), RECIPE)
    assert depth("classifier.weight", 2) == 0
    assert depth("bert.encoder.layer.1.output.dense.bias", 2) == 1
    assert depth("bert.embeddings.word_embeddings.weight", 2) == 3
    scales = {round(group["scale"], 4) for group in adam.param_groups}
    assert scales == {5.0, 1.0, 0.9, 0.81}
    assert sum(len(group["params"]) for group in adam.param_groups) == len(list(network().parameters()))


def test_the_schedule_rises_and_falls() -> None:
    rates = [schedule(step, 1000, RECIPE) for step in range(1000)]
    peak = int(np.argmax(rates))
    assert 35 <= peak <= 41
    assert max(rates) == pytest.approx(1)
    assert np.all(np.diff(rates[peak:]) <= 0)
    assert 0 < rates[-1] < 0.02
    assert schedule(1100, 1000, RECIPE) == schedule(1000, 1000, RECIPE) == pytest.approx(0.01)


def test_the_average_follows_the_weights() -> None:
    tiny = network()
    average = Average(tiny)
    with torch.no_grad():
        tiny.classifier.bias += 1
    for step in range(300):
        average.update(tiny, step, 0.99)
    torch.testing.assert_close(average.weights["classifier.bias"], tiny.classifier.bias.detach(), atol=1e-2, rtol=0)


def test_training_learns_and_writes_what_it_promises(tmp_path: Path) -> None:
    whole = run(tmp_path)
    before = np.mean([whole.step(batch) for batch in whole.plan.epoch(0)[:5]])
    whole = run(tmp_path / "run")
    assert whole.run()
    assert whole.smooth_loss < before
    assert {"checkpoint.pt", "average-1.pt", "average-2.pt", "metrics.jsonl"} <= {
        p.name for p in whole.folder.iterdir()
    }
    assert report.read(whole.folder)[-1]["kind"] == "development"
    assert run(tmp_path / "run").run(), "a finished run is not begun anew"


def test_a_run_that_is_cut_ends_like_one_that_is_not(tmp_path: Path) -> None:
    whole = run(tmp_path / "whole")
    assert whole.run()
    first = run(tmp_path / "cut")
    for batch in first.plan.epoch(0)[:7]:
        first.step(batch)
        first._advance(batch, 0.1)
    first.save()
    torch.rand(100)
    second = run(tmp_path / "cut")
    assert second.position.step == 7
    assert second.run()
    for name, value in whole.average.weights.items():
        torch.testing.assert_close(second.average.weights[name], value, atol=1e-6, rtol=1e-5)


def test_a_run_cut_between_epochs_goes_on_with_the_next(tmp_path: Path) -> None:
    first = run(tmp_path)
    for batch in first._batches:
        first.step(batch)
        first._advance(batch, 0.1)
    first._next_epoch()
    first.save()
    second = run(tmp_path)
    assert (second.position.epoch, second.position.batch) == (1, 0)
    assert [b.rows.tolist() for b in second._batches] == [b.rows.tolist() for b in plan().epoch(1)]


def test_another_recipe_does_not_continue_a_checkpoint(tmp_path: Path) -> None:
    run(tmp_path).save()
    with pytest.raises(checkpoint.WrongRecipe, match="--folder"):
        run(tmp_path, replace(RECIPE, clip=2.0))


def test_one_run_at_a_time_in_a_folder(tmp_path: Path) -> None:
    with checkpoint.lock(tmp_path):
        with pytest.raises(checkpoint.AlreadyRunning, match="--folder"):
            checkpoint.lock(tmp_path)
    checkpoint.lock(tmp_path).close()


def test_an_unfinished_checkpoint_is_not_read(tmp_path: Path) -> None:
    first = run(tmp_path)
    first.save()
    (tmp_path / f"{checkpoint.NAME}.part").write_bytes(b"half")
    assert run(tmp_path).position.step == first.position.step


def test_base_weights_load_with_and_without_prefix(tmp_path: Path) -> None:
    tiny = network()
    (tmp_path / "words").write_text("[PAD]\n", encoding="utf-8")
    weights = {name.removeprefix("bert."): value.numpy() for name, value in tiny.state_dict().items()}
    bare = {name: value for name, value in weights.items() if not name.startswith("classifier.")}
    write_directory(tmp_path, bare, configuration(SHAPE.as_json(), 224), tmp_path / "words")
    loaded = load_base(tmp_path, 6, Dropout())
    key = "bert.encoder.layer.1.output.dense.weight"
    assert torch.equal(loaded.state_dict()[key], tiny.state_dict()[key])
    bare.pop("embeddings.LayerNorm.bias")
    write_directory(tmp_path, bare, configuration(SHAPE.as_json(), 224), tmp_path / "words")
    with pytest.raises(ValueError, match=r"LayerNorm\.bias"):
        load_base(tmp_path, 6, Dropout())


def test_development_figures_name_labels_and_sources() -> None:
    corpus = plan().corpus
    rows = np.arange(240)
    figures = development_figures(corpus.target + 0.0, rows, corpus, RECIPE)
    assert figures["mean"] == 1.0
    assert figures["own identity_hate"] == figures["hate sets toxic"] == 1.0


def test_the_tables_name_every_label_functionality_and_group() -> None:
    one = {"auc": 0.98, "interval": [0.97, 0.99], "simple": 0.97, "gain_interval": [0.001, 0.02]}
    halves = dict.fromkeys(("auc", "threshold", "hateful", "non_hateful", "mean_of_halves", "all"), 0.8)
    group = {"subgroup": 0.9, "bpsn": 0.9, "bnsp": 0.9, "flagged": 0.05, "clean_sentences": 200}
    figures = {
        "jigsaw_test": {"toxic": one},
        "hatecheck": halves | {"functionalities": {"slur_h": 0.9}},
        "identity": {"power_means": {"bpsn": 0.9}, "most_flagged": ["Poles", 0.05], "groups": {"Poles": group}},
    }
    text = markdown(figures)
    assert "| toxic | 0.9800 | 0.9700-0.9900 | 0.9700 | +0.0010 … +0.0200 |" in text
    assert "| slur_h | 90.0% |" in text
    assert "most flagged: Poles, 5.0%" in text


def test_scores_come_back_in_the_order_of_the_texts(tmp_path: Path) -> None:
    words = ["[PAD]", *(f"w{i}" for i in range(99)), "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    (tmp_path / "words").write_text("\n".join(words) + "\n", encoding="utf-8")
    weights = {name: value.numpy() for name, value in network().state_dict().items()}
    write_directory(tmp_path / "fp32", weights, configuration(SHAPE.as_json(), 30), tmp_path / "words")
    texts = ["w1 w2 w3 w4", "w5", "w6 w7 " * 9, ""]
    together = score.logits(tmp_path / "fp32", texts, 30)
    alone = np.concatenate([score.logits(tmp_path / "fp32", [text], 30) for text in texts])
    assert np.abs(together - alone).max() < 1e-5
    quantise_directory(tmp_path / "fp32", tmp_path / "int8")
    rounded = score.logits(tmp_path / "int8", texts, 30)
    assert 0 < np.abs(rounded - together).max() < 0.2


SCRIPT = """
import sys
from pathlib import Path
from training.tests.test_encoder_torch import run
one = run(Path(sys.argv[1]))
print("ready", flush=True)
sys.exit(0 if one.run(save_every=0.0) else 3)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_process_leaves_a_checkpoint_that_goes_on(tmp_path: Path, number: signal.Signals) -> None:
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    while not (tmp_path / checkpoint.NAME).exists():
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(number)
    code = process.wait(60)
    if number == signal.SIGTERM:
        assert code in (0, 3)
    continued = run(tmp_path)
    assert continued.position.step > 0
    assert continued.run()
    assert json.dumps(continued.position.epoch) == "2"
