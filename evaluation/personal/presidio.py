"""Presidio's analyzer on the same sentences.

Without a statistical model of names: spaCy's makers do not publish theirs on PyPI. What is compared are its pattern
recognizers, with their context words and check digits, which find everything but names and addresses.
"""

import importlib.metadata

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine

from evaluation.personal.sentences import KINDS, Sentence, Span

VERSION = f"Presidio {importlib.metadata.version('presidio-analyzer')}, patterns only"


class _Blank(SpacyNlpEngine):
    """Words without a model: tokens and their spelling, which is what context words need."""

    def __init__(self):
        super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
        self.nlp = {"en": spacy.blank("en")}

    def load(self) -> None:
        """Is loaded."""


def find(sentences: list[Sentence]) -> list[list[Span]]:
    """Entities that Presidio reports with its default threshold, in this project's kinds."""
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    analyzer = AnalyzerEngine(nlp_engine=_Blank(), registry=registry, supported_languages=["en"])
    kinds = [kind for kind in KINDS if kind in analyzer.get_supported_entities("en")]
    return [
        [Span(KINDS[one.entity_type], one.start, one.end) for one in analyzer.analyze(sentence.text, "en", kinds)]
        for sentence in sentences
    ]
