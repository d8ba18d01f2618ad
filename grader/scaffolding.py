"""A folder for a new exercise, in which what is left to write says TODO."""

from __future__ import annotations

import keyword
import re
import tempfile
from importlib import resources
from pathlib import Path
from string import Template

from grader.exercise import STEPS, CourseError
from grader.result import write_atomically

_STEP_OF = {
    "forward": "forward pass",
    "loss": "loss calculation",
    "backward": "backward pass",
    "autograd": "backward pass",
    "optimizer": "optimization",
}
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def new_exercise(root: Path, name: str) -> list[Path]:
    """Write ``solutions/<track>/<name>/`` in the course at ``root``, which is made when it is not there.

    Returns the files. Raises :class:`~grader.exercise.CourseError`, and writes nothing, when ``name`` is no
    ``track/name`` or its folder exists. The folder is there as a whole or not at all, whatever is killed and whenever.
    """
    track, short = _parts(name)
    folder = root / "solutions" / track / short
    if folder.exists():
        raise CourseError(f"{folder} exists already: nothing was written.")
    texts = _texts(track, short)
    settings = root / "course.toml"
    written = [folder / name for name in texts]
    if not settings.exists():
        write_atomically(settings, f'title = "{root.resolve().name}"\ntracks = ["{track}"]\n')
        written.append(settings)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # One level deeper than exercises lie: what a kill leaves there is no exercise.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{short}.") as beside:
        _fill(Path(beside) / short, texts)
        (Path(beside) / short).rename(folder)
    return written


def _fill(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        write_atomically(folder / name, text)
    for variants in ("alternatives", "misconceptions"):
        (folder / variants).mkdir()


def _parts(name: str) -> tuple[str, str]:
    track, slash, short = name.partition("/")
    if not slash or not all(_NAME.fullmatch(part) and not keyword.iskeyword(part) for part in (track, short)):
        raise CourseError(f"{name!r} is no name for an exercise: expected track/name, such as loss/huber.")
    return track, short


def _texts(track: str, short: str) -> dict[str, str]:
    """By the name of the file."""
    words = {"track": track, "name": short, "step": _STEP_OF.get(track, STEPS[-1])}
    texts = {}
    for template in sorted(Path(str(resources.files("grader"))).joinpath("scaffold").glob("*.tmpl")):
        file = template.name.removesuffix(".tmpl").replace("reference.py", f"{short}.py")
        texts[file] = Template(template.read_text(encoding="utf-8")).substitute(words)
    return texts
