"""Sentences of our own making."""
