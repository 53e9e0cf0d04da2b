"""Sentences for measuring identity bias."""
