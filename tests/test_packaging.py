"""The wheel and the sdist, as they are published: complete, and without anything that is for instructors."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from grader import pictures, recorded
from grader.release import COPIED, PRIVATE

REPOSITORY = Path(__file__).resolve().parents[1]
NOT_OURS = shutil.ignore_patterns(".git", ".venv", "*cache*", ".hypothesis", "*.egg-info", "dist", "build", "grades")

Archive = dict[str, bytes]  # content by path


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository, elsewhere: what a build leaves behind cannot litter a clone."""
    return Path(shutil.copytree(REPOSITORY, tmp_path_factory.mktemp("packaging") / "gradstep", ignore=NOT_OURS))


@pytest.fixture(scope="module")
def dist(copy: Path) -> Path:
    """The folder with both archives; the wheel is built from the sdist, so the sdist is proved to be complete."""
    folder = copy.parent / "dist"
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(copy), cwd=copy.parent)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Archive:
    (path,) = dist.glob("gradstep-*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def sdist(dist: Path) -> Archive:
    """By path below the archive's one folder."""
    (path,) = dist.glob("gradstep-*.tar.gz")
    files: Archive = {}
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                files[member.name.partition("/")[2]] = file.read()
    return files


def run(*command: str, cwd: Path, **environment: str) -> str:
    """What the command printed; fails with everything that it said."""
    done = subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def exercises(root: Path) -> set[str]:
    return {f"{path.parent.parent.name}/{path.parent.name}" for path in root.glob("exercises/*/*/exercise.toml")}


def secret_lines() -> list[bytes]:
    """Lines of an exercise's hidden suite and of its reference that stand in nothing that anybody gets."""
    solution = REPOSITORY / "solutions" / "loss" / "cross_entropy"
    reference = (solution / "cross_entropy.py").read_text().split("BEGIN SOLUTION\n")[1].split("### END SOLUTION")[0]
    hidden = (solution / "test_hidden.py").read_text()
    released = "".join((solution / name).read_text() for name in COPIED if (solution / name).exists())
    released += (REPOSITORY / "grader/scaffold/test_hidden.py.tmpl").read_text()  # what every suite begins with
    lines = [line.strip() for line in (reference + hidden).splitlines() if len(line.strip()) > 40]
    return [line.encode() for line in lines if line not in released]


def test_wheel_holds_the_whole_package(copy: Path, wheel: Archive) -> None:
    modules = {path.relative_to(copy).as_posix() for path in (copy / "grader").rglob("*") if path.is_file()}

    assert {"grader/exercise.py", "grader/worker/zygote.py"} <= modules
    assert modules <= set(wheel)


def test_wheel_holds_the_released_course(copy: Path, wheel: Archive) -> None:
    released = [path for path in (copy / "exercises").rglob("*") if path.is_file()]

    assert "grader/course/exercises/loss/cross_entropy/cross_entropy.ipynb" in wheel
    assert wheel["grader/course/course.toml"] == (copy / "course.toml").read_bytes()
    for path in released:
        assert wheel[f"grader/course/{path.relative_to(copy).as_posix()}"] == path.read_bytes()


def test_wheel_has_the_command_and_the_plugin(wheel: Archive) -> None:
    (entry_points,) = [text.decode() for name, text in wheel.items() if name.endswith("/entry_points.txt")]

    assert "[console_scripts]\ngradstep = grader.cli:main\n" in entry_points
    assert "[pytest11]\ngradstep = grader.plugin\n" in entry_points


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_nothing_for_instructors_is_published(kind: str, request: pytest.FixtureRequest) -> None:
    archive: Archive = request.getfixturevalue(kind)
    secrets = secret_lines()

    assert len(secrets) > 5
    for name, text in archive.items():
        assert not {"solutions", "tests", *PRIVATE} & set(PurePosixPath(name).parts), name
        assert not [line for line in secrets if line in text], name
        if "exercises/" in name:
            assert b"BEGIN SOLUTION" not in text, name


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_only_released_files_are_published_as_exercises(kind: str, request: pytest.FixtureRequest) -> None:
    archive: Archive = request.getfixturevalue(kind)

    for name in archive:
        _, found, below = name.partition("exercises/")
        if found:
            _track, exercise, *files = below.split("/")
            assert "/".join(files) in {*COPIED, recorded.FILE, pictures.FILE, f"{exercise}.py", f"{exercise}.ipynb"}, (
                name
            )


@pytest.fixture(scope="module")
def site(dist: Path) -> Path:
    """The wheel, installed in a folder of its own; what it needs comes from where the tests run."""
    (path,) = dist.glob("gradstep-*.whl")
    target = dist.parent / "site"
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps")
    run(*pip, "--no-compile", "--target", str(target), str(path), cwd=dist)
    return target


def test_installed_wheel_serves_a_student(site: Path, tmp_path: Path) -> None:
    """In an empty folder, without solutions anywhere: start, a wrong try with its mistake named, a right one."""
    code = "from grader.cli import main; main(prog_name='gradstep')"

    def gradstep(*arguments: str) -> str:
        command = [sys.executable, "-c", code, *arguments]
        environment = os.environ | {"PYTHONPATH": str(site)}
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
        ).stdout

    gradstep("start", "all")
    right = (REPOSITORY / "solutions/loss/cross_entropy/cross_entropy.py").read_text()
    file = tmp_path / "loss/cross_entropy/cross_entropy.py"
    file.write_text(right.replace("losses.mean()", "losses.sum()"))
    assert "are added up, not averaged" in " ".join(gradstep("check", "cross_entropy").split())
    file.write_text(right)
    assert "All public checks pass" in gradstep("check", "cross_entropy")


def test_installed_wheel_finds_its_course(site: Path, copy: Path, tmp_path: Path) -> None:
    code = (
        "from grader.exercise import Course, built_in_course\n"
        "course = Course.open(built_in_course())\n"
        "print(course.root, course.title, *[exercise.name for exercise in course.exercises], sep='\\n')"
    )

    root, title, *names = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(site)).splitlines()

    assert Path(root) == site / "grader" / "course"
    assert f'title = "{title}"\n' in (copy / "course.toml").read_text()
    assert set(names) == exercises(copy)
