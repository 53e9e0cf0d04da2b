"""Makes the shipped models from the data in this folder."""
