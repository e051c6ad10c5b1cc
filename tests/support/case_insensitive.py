"""A real file system that takes `Foo.md` and `foo.md` for one file, to run tests on."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def case_insensitive(folder: Path) -> Iterator[Path]:
    """An empty folder below `folder` that does not mind case: as it is (macOS), a tmpfs of a newer Linux, or an exFAT.

    Skips the test where none of them can be had.
    """
    place = folder / "any-case"
    place.mkdir()
    if _minds_no_case(place):
        yield place
        return
    mounted = _tmpfs(place) or _exfat(folder / "exfat.img", place)
    try:
        if not mounted:
            pytest.skip("no file system here takes two cases for one: no tmpfs with casefold, no exfat-fuse")
        yield place / "own"
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(place)], check=True)


def _minds_no_case(folder: Path) -> bool:
    (folder / "A").mkdir()
    found = (folder / "a").exists()
    (folder / "A").rmdir()
    return found


def _tmpfs(place: Path) -> bool:
    if not _done("mount", "-t", "tmpfs", "-o", "casefold,size=64m", "aiblog-case", str(place)):
        return False
    (place / "own").mkdir()
    if _done("chattr", "+F", str(place / "own")) and _minds_no_case(place / "own"):
        return True
    subprocess.run(["umount", str(place)], check=True)
    return False


def _exfat(image: Path, place: Path) -> bool:
    """By way of FUSE: it keeps the case of names, knows no permissions and no hard links."""
    if not (os.access("/dev/fuse", os.W_OK) and shutil.which("mount.exfat-fuse") and shutil.which("mkfs.exfat")):
        return False
    with image.open("wb") as stream:
        stream.truncate(64 * 2**20)
    if not _done("mkfs.exfat", str(image)):
        return False
    loop = subprocess.run(["losetup", "-f", "--show", str(image)], check=False, capture_output=True, text=True)
    device = loop.stdout.strip()
    if loop.returncode or not _done("mount.exfat-fuse", device, str(place)):
        return False
    subprocess.run(["losetup", "-d", device], check=True)  # once nothing is mounted from it
    (place / "own").mkdir()
    return True


def _done(*words: str) -> bool:
    return bool(shutil.which(words[0])) and subprocess.run(words, check=False, capture_output=True).returncode == 0
