"""A file system of its own, built from the few folders that Python and PyTorch need (Linux).

This is what bubblewrap does for us where it is installed; here is the same for machines without it. It runs once,
in the zygote, before anything is imported. It also lets root give up its identity although Python lies below a
folder that only root may enter: the bind mount needs no permission afterwards.
"""

from __future__ import annotations

import os
import pwd
import stat
import tempfile

from . import kernel

NOBODY = 65534


def enter(binds: list[str], hide: list[str], devices: list[str]) -> None:
    """Leave the host's file system: only ``binds`` stay visible (read-only, at their own paths), empty at ``hide``.

    ``devices`` are what a GPU is reached through; each worker may open its own only, or none.
    """
    if os.geteuid() == 0:
        kernel.unshare(kernel.CLONE_NEWNS)
    else:
        kernel.enter_user_namespace(kernel.CLONE_NEWNS, NOBODY)
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    root = tempfile.gettempdir()
    kernel.mount("view", root, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=1m,mode=755")
    os.mkdir(root + "/host")
    kernel.pivot_root(root, root + "/host")
    os.chdir("/")
    for path in (*binds, "/dev/null", "/dev/urandom"):
        _bind(path)
        kernel.make_readonly(path)
    for path in (*devices, *(["/sys"] if devices else [])):
        _bind(path)
    if devices:
        kernel.make_readonly("/sys")
    for path in hide:
        _cover(path, [bind for bind in binds if bind.startswith(path + "/")])
    _bind("/proc")  # for the user map of each worker, which then covers it
    for folder in ("/tmp", "/scratch"):
        os.makedirs(folder, exist_ok=True)
        os.chmod(folder, 0o1777)
    kernel.detach("/host")
    os.rmdir("/host")


def _bind(path: str) -> None:
    source = "/host" + path
    if os.path.isdir(source):
        os.makedirs(path, exist_ok=True)
    elif os.path.exists(source):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not os.path.lexists(path):
            open(path, "x").close()
    else:
        return
    kernel.mount(source, path, None, kernel.MS_BIND | kernel.MS_REC)


def _cover(path: str, keep: list[str]) -> None:
    """Make ``path`` look empty but for the folders ``keep`` inside it."""
    if not os.path.isdir(path):
        return
    kernel.mount("hidden", path, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=1m,mode=755")
    for folder in keep:
        _bind(folder)
    kernel.make_readonly(path)


def closed_folder(paths: list[str]) -> str:
    """The first folder on the way to one of ``paths`` that others than its owner may not enter; "" when all is open."""
    for path in paths:
        parts = path.strip("/").split("/")
        for depth in range(1, len(parts) + 1):
            folder = "/" + "/".join(parts[:depth])
            if os.path.isdir(folder) and not os.stat(folder).st_mode & stat.S_IXOTH:
                return folder
    return ""


def dedicated_uid() -> int:
    """A user id that no account has: other services of the machine may run as nobody, and share what is nobody's."""
    for uid in range(64_999, 64_900, -1):  # Debian hands these out on request only
        try:
            pwd.getpwuid(uid)
        except KeyError:
            return uid
    return NOBODY


def drop_to(uid: int) -> None:
    """Become ``uid`` for good (only root can)."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
