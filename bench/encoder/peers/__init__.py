"""Inference engines beside ours, one module each with a class `Peer`."""
