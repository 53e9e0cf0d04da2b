"""An OCI image layout on disk (image-spec 1.0): blobs by digest, one manifest, one index."""

import json
import pathlib
import platform
import shutil

from layer import Layer, sha256

PREFIX = "application/vnd.oci.image"
EPOCH = "1970-01-01T00:00:00Z"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def _json(document: dict) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


class _Blobs:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder / "blobs" / "sha256"
        self.folder.mkdir(parents=True)

    def add(self, data: bytes, kind: str) -> dict:
        """Writes the blob and returns its descriptor."""
        digest = sha256(data)
        (self.folder / digest.removeprefix("sha256:")).write_bytes(data)
        return {"mediaType": f"{PREFIX}.{kind}", "digest": digest, "size": len(data)}


def write_layout(folder: pathlib.Path, layers: list[Layer], config: dict, tag: str) -> None:
    """Replaces `folder`. `config` is the image's run configuration."""
    if folder.exists():
        if not (folder / "oci-layout").exists():
            raise SystemExit(f"build.py: {folder} is something else than an image; it is left alone")
        shutil.rmtree(folder)
    blobs = _Blobs(folder)
    image = {
        "created": EPOCH,
        "architecture": ARCHITECTURES.get(platform.machine(), platform.machine()),
        "os": "linux",
        "config": config,
        "rootfs": {"type": "layers", "diff_ids": [layer.diff_id for layer in layers]},
        "history": [{"created": EPOCH, "created_by": "deploy/image/build.py"} for _ in layers],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": f"{PREFIX}.manifest.v1+json",
        "config": blobs.add(_json(image), "config.v1+json"),
        "layers": [blobs.add(layer.compressed, "layer.v1.tar+gzip") for layer in layers],
    }
    descriptor = blobs.add(_json(manifest), "manifest.v1+json")
    descriptor["annotations"] = {"org.opencontainers.image.ref.name": tag}
    (folder / "index.json").write_bytes(_json({"schemaVersion": 2, "manifests": [descriptor]}))
    (folder / "oci-layout").write_bytes(_json({"imageLayoutVersion": "1.0.0"}))
