"""``python -m tests.attacks``: the whole corpus in every setting, and a table of what became of it.

Settings: as root and as an ordinary user (where this is root), without bubblewrap (where it is installed), and with
each layer of the wall switched off. ``--write`` stores what the layers alone stop in tests/goldens/ablation.csv.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.attacks import ablation
from tests.attacks.battle import USER, Battle, fight, python_of
from tests.attacks.corpus import Attack, corpus

HEAD = ("setting", "layers", "attacks", "as expected", "forged", "holes", "leaks", "left over", "harmed", "seconds")


def main(arguments: list[str]) -> int:
    print(" | ".join(HEAD))
    sound = True
    if "--layers" not in arguments:
        for name, without, user in _settings():
            sound &= _report(name, corpus(), _fight(corpus(), without, user))
    attacks = [attack for attack in corpus() if ablation.is_about_layers(attack)]
    off: dict[str, Battle] = {}
    for layer in ablation.LAYERS:
        off[layer] = _fight(attacks, (layer,), None)
        _report(f"without {layer}", attacks, off[layer])
        sound &= not off[layer].leaks or layer in ablation.LEAKING
    found = ablation.table(attacks, off)
    if "--write" in arguments:
        ablation.write(found)
    for line in ablation.differences(found, ablation.read()):
        print(line)
        sound = False
    print("All as expected." if sound else "Something is not as expected: see above.")
    return int(not sound)


def _settings() -> list[tuple[str, tuple[str, ...], int | None]]:
    """Name, layers that are off, user to run as."""
    root = os.geteuid() == 0
    settings: list[tuple[str, tuple[str, ...], int | None]] = [("root" if root else "user", (), None)]
    users = [None, USER] if root and python_of(USER) else [None]
    settings += [("user", (), user) for user in users if user is not None]
    if shutil.which("bwrap"):
        names = {None: "no bubblewrap", USER: "no bubblewrap, user"}
        settings += [(names[user], ("bubblewrap",), user) for user in users]
    return settings


def _report(name: str, attacks: list[Attack], battle: Battle) -> bool:
    """Print a row; whether everything in it is as it must be."""
    wrong = _unexpected(attacks, battle)
    print(" | ".join(str(cell) for cell in _row(name, attacks, battle)), flush=True)
    if not name.startswith("without"):
        for attack in wrong:
            print(f"  {attack.name}: {ablation.difference(attack, battle)}")
    return not (wrong or battle.leaks or battle.processes or battle.files)


def _fight(attacks: list[Attack], without: tuple[str, ...], user: int | None) -> Battle:
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
        Path(folder).chmod(0o755)
        return fight(attacks, Path(folder), without=without, user=user)


def _row(name: str, attacks: list[Attack], battle: Battle) -> list[object]:
    hostile = [attack for attack in attacks if attack.item != "honest"]
    wrong = _unexpected(attacks, battle)
    return [
        name, len(battle.on), len(hostile), len(attacks) - len(wrong),
        sum(ablation.is_forged(attack, battle) for attack in hostile),
        sum("HOLE" in ablation.words(attack, battle) for attack in hostile), len(battle.leaks),
        len(battle.processes) + len(battle.files),
        sum(attack in wrong for attack in attacks if attack.item == "honest"), round(battle.seconds),
    ]  # fmt: skip


def _unexpected(attacks: list[Attack], battle: Battle) -> list[Attack]:
    return [attack for attack in attacks if ablation.difference(attack, battle)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
