"""A backup on disk: a folder with the files of a data directory and `manifest.json`.

The manifest is written last, in one rename, and names every file with its SHA-256: a folder
without one is no backup, and a file that was changed or cut short is found before it is put back.
"""

import json
import os
import shutil
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import Any

from twinedge.backups.model import Backup, BackupStatus, BackupUnusable
from twinedge.kit.clock import from_iso, to_iso

MANIFEST = "manifest.json"
_FORMAT = 1


def seal(folder: Path, backup: Backup) -> None:
    """Make a folder of copied files a backup: sync them, and write the manifest."""
    files = {str(path.relative_to(folder)): _entry(path) for path in _files(folder)}
    manifest = {
        "format": _FORMAT,
        "id": backup.id,
        "note": backup.note,
        "version": backup.version,
        "parts": list(backup.parts),
        "created_at": to_iso(backup.created_us),
        "finished_at": None if backup.finished_us is None else to_iso(backup.finished_us),
        "files": files,
    }
    draft = folder / f".{MANIFEST}"
    draft.write_text(json.dumps(manifest, indent=1, sort_keys=True))
    _sync(draft)
    draft.replace(folder / MANIFEST)
    _sync(folder)


def read(folder: Path) -> Backup:
    """What the manifest says. Raises BackupUnusable without a manifest of ours."""
    manifest = _manifest(folder)
    try:
        finished = manifest["finished_at"]
        return Backup(
            id=str(manifest["id"]),
            status=BackupStatus.READY,
            note=str(manifest["note"]),
            version=str(manifest["version"]),
            parts=tuple(manifest["parts"]),
            size_bytes=sum(int(entry["bytes"]) for entry in manifest["files"].values()),
            created_us=from_iso(manifest["created_at"]),
            finished_us=None if finished is None else from_iso(finished),
            error=None,
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BackupUnusable(f"{folder / MANIFEST} is damaged: {error!r}") from error


def restore(folder: Path, data_dir: Path) -> Backup:
    """Put a backup in place of an empty or missing data directory.

    Every file is checked against the manifest first; nothing is written if one is wrong. Raises
    BackupUnusable for a damaged backup, or a directory that holds something already.
    """
    backup = read(folder)
    if data_dir.exists() and any(data_dir.iterdir()):
        raise BackupUnusable(f"{data_dir} is not empty: restore into a new directory")
    faults = list(_faults(folder))
    if faults:
        shown = "; ".join(faults[:5])
        raise BackupUnusable(f"the backup in {folder} is damaged ({len(faults)} files): {shown}")
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = data_dir / ".restoring"
    shutil.copytree(folder, draft, ignore=shutil.ignore_patterns(MANIFEST))
    for path in _files(draft):
        _sync(path)
    for entry in sorted(draft.iterdir()):
        entry.replace(data_dir / entry.name)
    draft.rmdir()
    _sync(data_dir)
    return backup


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder that is being written."""
    return sum(path.stat().st_size for path in _files(folder))


def _faults(folder: Path) -> Iterator[str]:
    """What is not as the manifest says, file by file."""
    for name, entry in sorted(_manifest(folder)["files"].items()):
        path = folder / name
        if ".." in Path(name).parts or Path(name).is_absolute():
            yield f"{name} leads out of the backup"
        elif not path.is_file():
            yield f"{name} is missing"
        elif path.stat().st_size != entry["bytes"]:
            yield f"{name} has {path.stat().st_size} bytes, {entry['bytes']} were written"
        elif _entry(path) != entry:
            yield f"{name} was changed"


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text())
    except FileNotFoundError:
        raise BackupUnusable(f"{folder} is no backup: it has no {MANIFEST}") from None
    except (OSError, ValueError) as error:
        raise BackupUnusable(f"{path} cannot be read: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise BackupUnusable(f"{path} is not of a form this version of TwinEdge knows")
    return manifest


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _entry(path: Path) -> dict[str, Any]:
    """Size and hash of a file that is on disk for sure."""
    _sync(path)
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": file_digest(file, "sha256").hexdigest()}


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
