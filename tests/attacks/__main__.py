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
    attacks = corpus()
    print(" | ".join(HEAD))
    found: dict[str, Battle] = {}
    for name, without, user in _settings():
        battle = _fight(attacks, without, user)
        found[name] = battle
        print(" | ".join(str(cell) for cell in _row(name, attacks, battle)), flush=True)
    off = {layer: found[f"without {layer}"] for layer in ablation.LAYERS}
    if "--write" in arguments:
        ablation.write(ablation.table(attacks, off))
    whole = [battle for name, battle in found.items() if name.removeprefix("without ") not in ablation.LAYERS]
    return int(any(_unexpected(attacks, battle) or battle.leaks or battle.processes for battle in whole))


def _settings() -> list[tuple[str, tuple[str, ...], int | None]]:
    """Name, layers that are off, user to run as."""
    root = os.geteuid() == 0 and bool(python_of(USER))
    boxed = shutil.which("bwrap") is not None
    settings: list[tuple[str, tuple[str, ...], int | None]] = [("root" if os.geteuid() == 0 else "user", (), None)]
    if root:
        settings.append(("user", (), USER))
    if boxed:
        settings.append(("no bubblewrap", ("bubblewrap",), None))
        settings += [("no bubblewrap, user", ("bubblewrap",), USER)] if root else []
    return settings + [(f"without {layer}", (layer,), None) for layer in ablation.LAYERS]


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
