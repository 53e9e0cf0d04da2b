"""A small writer of ONNX graphs: nodes and initialisers with names of their own making."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"
OPERATORS = 20
MICROSOFT_OPERATORS = 1
IR_VERSION = 10


class Writer:
    """Collects the parts of one graph. Values are named by strings, as ONNX does; constants are stored once each."""

    def __init__(self):
        self.nodes = []
        self.initializers = []
        self._constants = {}

    def node(self, operator: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes):
        """Appends a node; its output's name, or names where there is more than one."""
        names = [f"{operator}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def microsoft(self, operator: str, *inputs: str, outputs: int = 1, **attributes):
        return self.node(operator, *inputs, outputs=outputs, domain=MICROSOFT, **attributes)

    def tensor(self, value: np.ndarray) -> str:
        name = f"tensor_{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def external(self, file: str, value: np.ndarray) -> str:
        """A tensor whose bytes are those of a file beside the graph, so that graphs can share it."""
        name = f"tensor_{len(self.initializers)}"
        tensor = TensorProto(name=name, dims=value.shape, data_type=TensorProto.FLOAT)
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value=file)
        self.initializers.append(tensor)
        return name

    def constant(self, value, dtype) -> str:
        """A small tensor that several nodes may share."""
        key = (str(value), np.dtype(dtype).name)
        if key not in self._constants:
            self._constants[key] = self.tensor(np.array(value, dtype))
        return self._constants[key]

    def integers(self, *values: int) -> str:
        return self.constant(list(values), np.int64)

    def scalar(self, value: float) -> str:
        return self.constant(value, np.float32)

    def model(self, inputs: dict[str, tuple[int, list]], output: str, width: int):
        """The finished model. `inputs`: element type and shape by name; the one output is called `logits`."""
        self.nodes.append(helper.make_node("Identity", [output], ["logits"]))
        graph = helper.make_graph(
            self.nodes,
            "encoder",
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", width])],
            self.initializers,
        )
        versions = [helper.make_opsetid("", OPERATORS), helper.make_opsetid(MICROSOFT, MICROSOFT_OPERATORS)]
        return helper.make_model(graph, opset_imports=versions, ir_version=IR_VERSION, producer_name="dss bench")
