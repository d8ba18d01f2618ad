"""A folder for a new exercise, in which what is left to write says TODO."""

from __future__ import annotations

import keyword
import re
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
    ``track/name`` or its folder exists.
    """
    track, short = _parts(name)
    folder = root / "solutions" / track / short
    if folder.exists():
        raise CourseError(f"{folder} exists already: nothing was written.")
    texts = _texts(folder, track, short)
    if not (root / "course.toml").exists():
        texts[root / "course.toml"] = f'title = "{root.resolve().name}"\ntracks = ["{track}"]\n'
    for path, text in texts.items():
        write_atomically(path, text)
    for variants in ("alternatives", "misconceptions"):
        (folder / variants).mkdir()
    return list(texts)


def _parts(name: str) -> tuple[str, str]:
    track, slash, short = name.partition("/")
    if not slash or not all(_NAME.fullmatch(part) and not keyword.iskeyword(part) for part in (track, short)):
        raise CourseError(f"{name!r} is no name for an exercise: expected track/name, such as loss/huber.")
    return track, short


def _texts(folder: Path, track: str, short: str) -> dict[Path, str]:
    words = {"track": track, "name": short, "step": _STEP_OF.get(track, STEPS[-1])}
    texts = {}
    for template in sorted(Path(str(resources.files("grader"))).joinpath("scaffold").glob("*.tmpl")):
        file = template.name.removesuffix(".tmpl").replace("reference.py", f"{short}.py")
        texts[folder / file] = Template(template.read_text(encoding="utf-8")).substitute(words)
    return texts
