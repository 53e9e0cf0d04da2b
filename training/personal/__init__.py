"""The lists of names that the detector of personal data knows."""
