"""One layer of an OCI image: a tar whose bytes depend on nothing but its contents, compressed with gzip."""

import gzip
import hashlib
import io
import pathlib
import tarfile
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A file of the layer, from `file` or `text`; without either a folder. `name` has no leading slash."""

    name: str
    file: pathlib.Path | None = None
    text: str | None = None
    mode: int = 0o644

    def content(self) -> bytes | None:
        if self.file is not None:
            return self.file.read_bytes()
        return None if self.text is None else self.text.encode()


@dataclass(frozen=True)
class Layer:
    compressed: bytes
    diff_id: str  # of the tar
    digest: str  # of the compressed tar


def sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _member(name: str, mode: int, kind: bytes) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.mode, member.type = mode, kind
    member.mtime = member.uid = member.gid = 0
    return member


def _folders(entries: list[Entry]) -> set[str]:
    """Every folder above the entries that is not an entry itself."""
    above = {str(parent) for entry in entries for parent in pathlib.PurePosixPath(entry.name).parents}
    return above - {"."} - {entry.name for entry in entries}


def unpack(entries: list[Entry], folder: pathlib.Path) -> None:
    """Writes the entries below a folder, owned by the caller."""
    for entry in sorted(entries, key=lambda entry: entry.name):
        path = folder / entry.name
        content = entry.content()
        if content is None:
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        path.chmod(entry.mode)


def make_layer(entries: list[Entry]) -> Layer:
    """All owned by root and dated 1970, sorted by name."""
    complete = [*entries, *(Entry(name, mode=0o755) for name in _folders(entries))]
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for entry in sorted(complete, key=lambda entry: entry.name):
            content = entry.content()
            member = _member(entry.name, entry.mode, tarfile.DIRTYPE if content is None else tarfile.REGTYPE)
            member.size = len(content or b"")
            archive.addfile(member, io.BytesIO(content or b""))
    tar = buffer.getvalue()
    compressed = gzip.compress(tar, compresslevel=9, mtime=0)
    return Layer(compressed, sha256(tar), sha256(compressed))
