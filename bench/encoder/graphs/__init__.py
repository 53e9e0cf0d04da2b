"""ONNX graphs of the model, in the variants that are worth timing."""
