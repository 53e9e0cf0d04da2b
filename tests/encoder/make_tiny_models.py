"""Makes the small classifiers of tests/encoder/models and what PyTorch answers for some texts.

    python tests/encoder/make_tiny_models.py      (needs torch and transformers; see requirements.txt beside it)

Each folder is a Hugging Face directory with random weights; logits.json has token ids and the logits that the
`transformers` model gives for them. The unit tests of src/models read these files, so they need neither package.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    DistilBertConfig,
    DistilBertForSequenceClassification,
    PreTrainedModel,
)

FOLDER = Path(__file__).parent / "models"
WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] you are a fool nice day the idiot is not ##s ##ed . , ! ? _ - * @".split()
PIECES = WORDS + [chr(ord("a") + i) for i in range(1, 24)]
VOCABULARY = len(PIECES)
POSITIONS = 40
LENGTHS = (1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 40)


def bert(**settings: object) -> BertForSequenceClassification:
    """A BERT classifier with random weights."""
    shape = {"vocab_size": VOCABULARY, "max_position_embeddings": POSITIONS, "num_hidden_layers": 2}
    return BertForSequenceClassification(BertConfig(**(shape | settings)))


def distilbert(**settings: object) -> DistilBertForSequenceClassification:
    """A DistilBERT classifier with random weights."""
    shape = {"vocab_size": VOCABULARY, "max_position_embeddings": POSITIONS, "n_layers": 2}
    return DistilBertForSequenceClassification(DistilBertConfig(**(shape | settings)))


def spread(model: PreTrainedModel) -> None:
    """Makes weights large enough that every part shows in the logits."""
    with torch.no_grad():
        for name, value in model.named_parameters():
            if "LayerNorm.weight" in name or "layer_norm.weight" in name:
                value.uniform_(0.5, 1.5)
            elif value.dim() == 1:
                value.normal_(0, 0.3)
            else:
                value.normal_(0, 0.25)


def write(name: str, model: PreTrainedModel) -> None:
    """Saves the model and its logits."""
    spread(model.eval())
    folder = FOLDER / name
    model.save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    texts = [torch.randint(0, VOCABULARY, (length,)) for length in LENGTHS]
    with torch.no_grad():
        logits = [model(text[None]).logits[0].tolist() for text in texts]
    answers = {"ids": [text.tolist() for text in texts], "logits": logits}
    (folder / "logits.json").write_text(json.dumps(answers) + "\n", encoding="utf-8")


def main() -> None:
    """Writes all of them."""
    torch.manual_seed(7)
    multi = {"problem_type": "multi_label_classification", "num_labels": 3}
    single = {"problem_type": "single_label_classification", "num_labels": 4}
    write("bert_narrow_heads", bert(hidden_size=32, num_attention_heads=4, intermediate_size=48, **multi))
    write("bert_wide_heads", bert(hidden_size=64, num_attention_heads=2, intermediate_size=80, **single))
    write(
        "bert_relu_odd_width",
        bert(
            hidden_size=24, num_attention_heads=3, intermediate_size=50, hidden_act="relu", layer_norm_eps=1e-5, **multi
        ),
    )
    write("distilbert", distilbert(dim=32, n_heads=2, hidden_dim=64, **multi))


if __name__ == "__main__":
    main()
