"""Checks JSON against a protobuf message as protobuf.js describes it: fields, enum values, choices."""

# google.protobuf's own messages have forms of their own in JSON.
_FREE = {"google.protobuf.Empty", "google.protobuf.Struct", "google.protobuf.Value"}
_TEXT = {"google.protobuf.Duration", "google.protobuf.Timestamp"}
_SCALARS = {
    **dict.fromkeys(("string", "bytes"), str),
    **dict.fromkeys(("double", "float"), (int, float)),
    **dict.fromkeys(("int32", "uint32", "int64", "uint64"), int),
    "bool": bool,
}


class Types:
    """The types of a protos.json."""

    def __init__(self, root: dict):
        self.root = root

    def _at(self, path: list[str]) -> dict | None:
        node = self.root
        for name in path:
            node = node.get("nested", {}).get(name)
            if node is None:
                return None
        return node

    def find(self, name: str, scope: list[str]) -> tuple[dict, list[str]]:
        """The type that `name` means inside `scope`, and its full path."""
        parts = name.split(".")
        for length in range(len(scope), -1, -1):
            found = self._at(scope[:length] + parts)
            if found is not None:
                return found, scope[:length] + parts
        raise KeyError(f"{name} in {'.'.join(scope)}")

    def faults(self, value, name: str, scope: list[str] | None = None, place: str = "$") -> list[str]:
        """What is wrong with `value` as the message `name`; nothing when it fits."""
        if name in _SCALARS:
            return [] if isinstance(value, _SCALARS[name]) else [f"{place}: not a {name}"]
        found, path = self.find(name, scope or [])
        full = ".".join(path)
        if full in _FREE:
            return []
        if full in _TEXT:
            return [] if isinstance(value, str) else [f"{place}: not a text"]
        if "values" in found:
            return [] if value in found["values"] else [f"{place}: {value!r} is no {name}"]
        if not isinstance(value, dict):
            return [f"{place}: not an object"]
        return self._message(value, found, path, place)

    def _message(self, value: dict, message: dict, path: list[str], place: str) -> list[str]:
        out = []
        for key, item in value.items():
            field = message["fields"].get(key)
            if field is None:
                out.append(f"{place}.{key}: no such field")
                continue
            items = [(f"{place}.{key}", item)]
            if "keyType" in field:
                items = [(f"{place}.{key}.{name}", part) for name, part in item.items()]
            elif field.get("rule") == "repeated":
                items = [(f"{place}.{key}[{index}]", part) for index, part in enumerate(item)]
            for where, part in items:
                out += self.faults(part, field["type"], path, where)
        for name, choice in message.get("oneofs", {}).items():
            given = [field for field in choice["oneof"] if field in value]
            if len(given) > 1:
                out.append(f"{place}: {given} exclude each other ({name})")
        return out
