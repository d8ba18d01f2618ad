"""Everything that is measured, into one report.

    python -m benchmarks [part …] [--quick] [--out benchmarks/results]

Parts: side_by_side (other graders and gradstep, the same work), latency (from a save to its verdict), scaling (class
size, processes), memory (workers, a whole class), parts (layers, calls by size, phases, profile). Other graders are
installed into .bench/ first. Nothing else should run meanwhile: half an hour on 2 cores.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from benchmarks import latency, parts, scaling, side_by_side
from benchmarks.measure import Machine

BUSY = 0.15  # cores; beyond, another program takes part in what is measured


class Report:
    """Each table as CSV, each part as Markdown; all parts that were ever measured here together in results.md."""

    def __init__(self, folder: Path, quick: bool) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.quick = quick
        cpu = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if "model name" in line), "?")
        memory = int(_lines("/proc/meminfo")[0].split()[1]) / 2**20
        machine = f"{os.cpu_count()} cores ({cpu}), {memory:.0f} GB, Linux {platform.release()}"
        words = f"`make bench` wrote this on {machine}, Python {platform.python_version()}."
        self._head = f"# What it costs\n\n{words}\n"
        self.text = ""

    def section(self, title: str, words: str) -> None:
        self.text += f"\n## {title}\n\n{words}\n"

    def table(self, name: str, rows: Sequence[dict[str, object]]) -> None:
        """The rows, which have the same keys."""
        frame = pd.DataFrame(rows)
        frame.to_csv(self.folder / f"{name}.csv", index=False)
        cells = [[str(key) for key in frame.columns], *([_cell(value) for value in row] for row in frame.to_numpy())]
        lines = ["| " + " | ".join(row) + " |" for row in cells]
        lines.insert(1, "|" + "---|" * len(frame.columns))
        self.text += "\n" + "\n".join(lines) + "\n"
        print("\n".join(lines), flush=True)

    def lines(self, *lines: str) -> None:
        self.text += "\n" + "\n".join(lines) + "\n"
        print("\n".join(lines), flush=True)

    def write(self, part: str) -> None:
        """What was said since the last part was written is ``part``."""
        (self.folder / f"{part}.md").write_text(self.text)
        self.text = ""
        files = [self.folder / f"{name}.md" for name in PARTS]
        parts = [file.read_text() for file in files if file.exists()]
        (self.folder / "results.md").write_text(self._head + "".join(parts))


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}".replace(",", " ")
    return str(value)


# --- parts --------------------------------------------------------------------------------------------------------


def _side_by_side(report: Report, machine: Machine) -> None:
    rounds, submissions = (1, 3) if report.quick else (3, 12)
    rows = side_by_side.compare(machine, rounds, submissions)
    ours = next(row for row in rows if row.name == side_by_side.OURS)
    report.section(
        "Side by side",
        f"Eight checks of a softmax cross-entropy, its gradient and an SGD step; {submissions} right submissions, "
        f"{rounds} rounds in turn, medians. CPU of all processes together, per submission; *times ours*: the median of "
        "the ratios within a round. Memory: the whole tree of processes, where it is not this one's. *Mixed*: a class "
        "of 12 with three wrong, one crashing, one `os._exit` and one endless loop (limit 10 s a check, where it can "
        "be set; 60 s where not). Names are forbidden where a row says so; nobody else looks for any.",
    )
    able = [row for row in rows if not row.why_not]
    report.table("side_by_side", [_row(row, ours) for row in able])
    for row in rows:
        if row.why_not:
            report.lines(f"Could not run: {row.name}: {row.why_not}")
    _plot(report, able)


def _row(row: side_by_side.Row, ours: side_by_side.Row) -> dict[str, object]:
    none, other = side_by_side.lost(row) if row.mixed_scores else (float("nan"), float("nan"))
    return {
        "grader": row.name,
        "how": row.command,
        "CPU ms": row.cpu(),
        "wall ms": row.wall(),
        "times ours": side_by_side.ratio(ours, row),
        "peak MB": row.peak,
        "mixed, wall s": row.mixed_wall or float("nan"),
        "no score": none,
        "unfair score": other,
    }


def _plot(report: Report, rows: list[side_by_side.Row]) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = sorted(rows, key=lambda row: -row.cpu())
    figure, axes = pyplot.subplots(figsize=(8, 0.55 * len(rows) + 1.2))
    colours = ["#1b7f5c" if row.name.startswith("gradstep") else "#9aa5b1" for row in rows]
    bars = axes.barh([row.name for row in rows], [row.cpu() for row in rows], color=colours)
    axes.bar_label(bars, [f"{row.cpu():,.0f} ms".replace(",", " ") for row in rows], padding=4)
    axes.set_xscale("log")
    axes.set_xlim(right=axes.get_xlim()[1] * 3)
    axes.set_xlabel("CPU per graded submission, ms (logarithmic)")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(report.folder / "side_by_side.png", dpi=150)
    report.lines("![CPU per graded submission](side_by_side.png)")


def _latency(report: Report, machine: Machine) -> None:
    rows, why_not = latency.latencies(10 if report.quick else 100, 2 if report.quick else 5)
    report.section("From a save to its verdict", "Wall milliseconds; the others from their start to their end.")
    ours = rows[0].p50
    report.table(
        "latency",
        [{"what": r.name, "p50 ms": r.p50, "p95 ms": r.p95, "times ours": r.p50 / ours, "runs": r.count} for r in rows],
    )
    report.lines(*(f"Could not run: {name}: {why}" for name, why in why_not.items()))


def _scaling(report: Report, machine: Machine) -> None:
    points = scaling.by_size(machine, scaling.SIZES[:3] if report.quick else scaling.SIZES)
    words = "`gradstep grade`, from files to `scores.csv` and gradebook, its start included."
    report.section("Size of the class, and processes", words)
    columns = ("students", "processes", "wall s", "CPU s", "CPU ms each")
    rows = [(p.students, p.jobs, p.wall, p.cpu, 1000 * p.cpu / p.students) for p in points]
    report.table("scaling", [dict(zip(columns, row, strict=True)) for row in rows])
    for jobs in sorted({p.jobs for p in points}):
        start, each = scaling.line([p for p in points if p.jobs == jobs])
        report.lines(f"- {jobs} process{'es' * (jobs > 1)}: {start:.1f} s and {1000 * each:.1f} ms for each student.")


def _memory(report: Report, machine: Machine) -> None:
    report.section("Memory", "Private memory of one more worker that is there at the same time; the tree of a class.")
    rows = [
        {"what": "one more worker, MB", "MB": parts.memory_per_worker()},
        {"what": "a class of 300, whole tree", "MB": scaling.peak_of_class(30 if report.quick else 300)},
    ]
    report.table("memory", rows)


def _parts(report: Report, machine: Machine) -> None:
    report.section("Where one submission's time goes", "The eight checks, warm, CPU ms.")
    report.table("phases", [{"phase": name, "CPU ms": ms} for name, ms in parts.phases().items()])
    report.section(
        "What each layer of the wall costs", "CPU ms to start and end one worker, layers left off one by one."
    )
    costs = parts.layers(machine, 10 if report.quick else 100)
    report.table("layers", [{"worker": name, "CPU ms": ms} for name, ms in costs.items()])
    report.section("A call by the size of its argument", "Wall ms; float32; the answer is the argument itself.")
    calls = [{"numbers": n, "returned, ms": back, "changed in place, ms": place} for n, back, place in parts.calls()]
    report.table("calls", calls)
    report.section("Profile of the trusted side", "cProfile over 30 submissions, by own time; `poll` is waiting.")
    report.lines("```text", parts.profile().strip(), "```")


PARTS: dict[str, Callable[[Report, Machine], None]] = {
    "side_by_side": _side_by_side,
    "latency": _latency,
    "scaling": _scaling,
    "memory": _memory,
    "parts": _parts,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="few repetitions: to see that it works")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {unknown.pop()!r}; expected: {', '.join(PARTS)}")
    machine = Machine()
    if machine.background > BUSY:
        print(
            f"Warning: other programs keep {machine.background:.2f} cores busy; figures will be off.", file=sys.stderr
        )
    report = Report(options.out, options.quick)
    for name in options.parts or PARTS:
        PARTS[name](report, machine)
        report.write(name)
    print(f"\n{options.out}/results.md, and each table as .csv")


if __name__ == "__main__":
    main()
