"""What each layer of the wall stops that no other does: the table tests/goldens/ablation.csv.

A row is an attack that ends otherwise with a layer off, a column is that layer, a cell is how it ends then; an empty
one says: as in the attack's own first line. A layer that is missing without anybody saying so changes cells, because
it is what still stops the attack in the columns of other layers.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from tests.attacks.battle import Battle
from tests.attacks.corpus import FOLDER, Attack

LAYERS = ("view", "uid", "namespaces", "scratch", "environment", "rlimits", "capabilities", "landlock", "seccomp")
GOLDEN = FOLDER.parent / "goldens" / "ablation.csv"
Table = dict[str, dict[str, str]]  # attack → layer → how it ends
LEAKING = ("view", "scratch", "landlock")  # layers without which a planted secret may be read


def is_about_layers(attack: Attack) -> bool:
    """Whether a layer can matter to it: it goes for the system, and does not only wait for a limit of ours."""
    return attack.item == "honest" or (attack.item[0] in "CEFK" and attack.outcome != "timeout")


def table(attacks: list[Attack], battles: dict[str, Battle]) -> Table:
    """Layer that is off → its battle; only attacks that differ somewhere have a row."""
    rows = {a.name: {layer: difference(a, battle) for layer, battle in battles.items()} for a in attacks}
    return {name: row for name, row in rows.items() if any(row.values())}


def difference(attack: Attack, battle: Battle) -> str:
    """How the attack ended, if that is not what it must get; "" if it is."""
    result = battle.results[attack.graded_as, attack.exercise]
    if "HOLE" in words(attack, battle):
        return "HOLE"
    found = result["outcome"], result["cause"], result["score"]
    if found == (attack.outcome, attack.cause, attack.score):
        return ""
    return f"{found[0]} ({found[1]}) {found[2]:g}" if found[2] is not None else f"{found[0]} ({found[1]})"


def is_forged(attack: Attack, battle: Battle) -> bool:
    """Whether it got more points than it may."""
    return (battle.results[attack.graded_as, attack.exercise]["score"] or 0) > attack.score


def words(attack: Attack, battle: Battle) -> str:
    """All that its student reads."""
    result: dict[str, Any] = battle.results[attack.graded_as, attack.exercise]
    return " ".join(check["feedback"] for check in result["checks"])


def differences(found: Table, expected: Table) -> list[str]:
    """A line for each cell that is not as expected."""
    cells = [(attack, layer) for attack in sorted({*found, *expected}) for layer in LAYERS]
    pairs = [(a, layer, found.get(a, {}).get(layer, ""), expected.get(a, {}).get(layer, "")) for a, layer in cells]
    return [
        f"{a} without {layer}: found {new or 'nothing special'}, expected {old or 'nothing special'}"
        for a, layer, new, old in pairs
        if new != old
    ]


def read(path: Path = GOLDEN) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return {row.pop("attack"): dict(row) for row in csv.DictReader(file)}


def write(rows: Table, path: Path = GOLDEN) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["attack", *LAYERS], lineterminator="\n")
        writer.writeheader()
        writer.writerows({"attack": name, **row} for name, row in sorted(rows.items()))
