"""Which file systems do not tell of changes made elsewhere."""

from pathlib import Path

_REMOTE = (
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "9p",
    "vboxsf",
    "fuse.sshfs",
    "fuse.vmhgfs-fuse",
    "prl_fs",
    "drvfs",
    "afs",
)
_MOUNTS = Path("/proc/self/mounts")


def is_remote(folder: Path, mounts: Path = _MOUNTS) -> str:
    """The kind of file system a folder lies on where that is one shared with other machines, else "".

    `mounts` is a table as Linux keeps it (fstab(5)); without one, every file system counts as local.
    """
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        place = parts[1].replace("\\040", " ").rstrip("/")
        if len(place) >= len(best) and f"{folder}/".startswith(f"{place}/"):
            best, kind = place, parts[2]
    return kind if kind in _REMOTE else ""
