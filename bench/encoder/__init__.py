"""Our int8 encoder engine beside ONNX Runtime, OpenVINO, CTranslate2 and PyTorch, with the same weights."""
