"""Which library names does a source use? Found in its syntax tree, before any of it has run.

A *use* is a name that is followed through imports, aliases, attribute chains and constant strings to its full path
("torch.nn.functional.cross_entropy"). Code that nothing which was asked for can reach (a self-test, what stands under
``if __name__ == "__main__"``) has no uses. What hides its names (``exec`` of a computed text, ``getattr`` with one)
cannot be followed: it is *suspicious*, which is a reason to look and never a verdict.
"""

from __future__ import annotations

import ast
import builtins
import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MAX_FOUND = 50
_DYNAMIC = {"exec", "eval", "compile", "globals", "vars", "locals", "__import__", "setattr", "delattr"}
_MODULES = (
    "ctypes",
    "threading",
    "_thread",
    "multiprocessing",
    "subprocess",
    "importlib",
    "gc",
    "inspect",
    "cffi",
    "marshal",
)
_INTERNALS = ("torch._C", "torch.ops", "torch._dynamo", "torch.jit", "torch.compile", "torch.overrides", "sys.modules")
_TORCH_NAMES = ("_disable", "DisableTorchFunction", "__dict__", "__torch_function__", "__torch_dispatch__")


@dataclass
class Found:
    """Line numbers are those of the source."""

    uses: list[tuple[str, int]] = field(default_factory=list)  # the forbidden name, the line
    suspicious: list[tuple[str, int]] = field(default_factory=list)  # what, the line


def scan(source: str, forbidden: list[str], entries: list[str]) -> Found:
    """Uses of ``forbidden`` names that can be reached from the top-level names ``entries``; none if it is no Python.

    A forbidden name stands for itself and all below it. "torch.Tensor.backward" is also the method of that name of any
    value whose type is not known.
    """
    found = Found()
    try:
        tree = ast.parse(source)
        bound = _bindings(tree)
        for node in _reachable(bound, entries):
            _Reader(Names(forbidden), bound.aliases, own=bound.methods, found=found).visit(node)
    except (SyntaxError, ValueError, MemoryError):
        return Found()  # loading it tells
    except RecursionError:
        found.suspicious.append(("an expression too deep to be read", 1))
    found.uses = sorted(set(found.uses), key=lambda use: use[1])[:MAX_FOUND]
    found.suspicious = sorted(set(found.suspicious), key=lambda use: use[1])[:MAX_FOUND]
    return found


class Names:
    """The forbidden names, and what else goes by them."""

    def __init__(self, forbidden: list[str]) -> None:
        self.forbidden = forbidden
        self.methods = {name.rpartition(".")[2]: name for name in forbidden if name.startswith("torch.Tensor.")}
        self.objects = {id(value): name for name in forbidden if (value := resolve(name)) is not None}

    def match(self, path: str) -> str | None:
        """The forbidden name that ``path`` is, or lies below; also by another way to the same object."""
        value = resolve(path)
        if value is not None and id(value) in self.objects:
            return self.objects[id(value)]
        last = path.rpartition(".")[2]
        if value is not None and path.count(".") > 1 and getattr(_torch(), last, None) is value:
            return self._listed(f"torch.{last}")  # torch.autograd.no_grad is torch.no_grad, which lies elsewhere
        return self._listed(path)

    def _listed(self, path: str) -> str | None:
        return next((name for name in self.forbidden if path == name or path.startswith(name + ".")), None)


def resolve(path: str) -> Any:
    """The object at a dotted path below a library that is here already; None when there is none."""
    parts = path.split(".")
    if parts[0] not in ("torch", "numpy"):
        return None
    value: Any = importlib.import_module(parts[0])
    for part in parts[1:]:
        try:
            value = getattr(value, part)
        except Exception:  # whatever a lazy module raises
            return None
    return value


def _torch() -> Any:
    return importlib.import_module("torch")


# --- what a file binds, and what of it can be reached -------------------------------------------------------------


@dataclass
class _Bindings:
    nodes: dict[str, list[ast.AST]] = field(default_factory=dict)  # top-level name → what gives it its value
    effects: list[ast.AST] = field(default_factory=list)  # statements that bind nothing: they run, and may patch
    aliases: dict[str, str] = field(default_factory=dict)  # name → dotted path
    methods: set[str] = field(default_factory=set)  # that classes of the file define


def _bindings(tree: ast.Module) -> _Bindings:
    bound = _Bindings()
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    bound.methods = {node.name for owner in classes for node in owner.body if isinstance(node, ast.FunctionDef)}
    for node in _statements(tree.body):
        if isinstance(node, ast.Import | ast.ImportFrom):
            bound.aliases.update(_imported(node))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.nodes.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            stored = [name for target in targets for name in _stored(target)]
            for name in stored:
                bound.nodes.setdefault(name, []).append(node)
            if not stored:
                bound.effects.append(node)
            if path := _alias(node, bound.aliases):
                bound.aliases.update({t.id: path for t in targets if isinstance(t, ast.Name)})
        else:
            bound.effects.append(node)
    return bound


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Simple statements and definitions at the top level, also those in its blocks; not the block of a script."""
    for node in body:
        if isinstance(node, ast.If) and _asks_for_main(node.test):
            yield from _statements(node.orelse)
        elif isinstance(node, ast.If | ast.For | ast.While | ast.With | ast.Try):
            for part in ("body", "orelse", "finalbody"):
                yield from _statements(getattr(node, part, []))
            for handler in getattr(node, "handlers", []):
                yield from _statements(handler.body)
        else:
            yield node


def _asks_for_main(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"


def _reachable(bound: _Bindings, entries: list[str]) -> list[ast.AST]:
    """What gives ``entries`` their values, and in turn the names in it; entries that the file lacks are skipped."""
    waiting, seen = list(entries), set()
    reached: list[ast.AST] = []
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for node in bound.nodes.get(name, []):
            reached.append(node)
            waiting += [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in bound.nodes]
    return reached + [node for node in bound.effects if _patches(node)]


def _patches(node: ast.AST) -> bool:
    """Whether a top-level statement may change what names mean; a self-test or a print does not."""
    calls = (n.func for n in ast.walk(node) if isinstance(n, ast.Call))
    return any(isinstance(call, ast.Name) and call.id in _DYNAMIC for call in calls)


def _imported(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    if isinstance(node, ast.Import):
        return {
            alias.asname or alias.name.partition(".")[0]: alias.name if alias.asname else alias.name.partition(".")[0]
            for alias in node.names
        }
    found = {}
    for alias in node.names:
        if alias.name == "*":
            module = resolve(node.module or "")
            found.update({name: f"{node.module}.{name}" for name in dir(module) if not name.startswith("_")})
        else:
            found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def _alias(node: ast.stmt, aliases: dict[str, str]) -> str | None:
    value = getattr(node, "value", None)
    return _path(value, aliases) if value is not None and not isinstance(node, ast.AugAssign) else None


# --- paths --------------------------------------------------------------------------------------------------------


def _path(node: ast.AST, aliases: dict[str, str]) -> str | None:
    """The dotted path that an expression spells, through attributes, ``getattr`` and imports with constant names."""
    match node:
        case ast.Name(id=name):
            return aliases.get(name)
        case ast.Attribute(value=value, attr=name):
            base = _path(value, aliases)
            return f"{base}.{name}" if base else None
        case ast.Call(func=ast.Name(id="getattr"), args=[value, name, *_]):
            base, text = _path(value, aliases), constant(name)
            return f"{base}.{text}" if base and text else None
        case ast.Call(func=ast.Name(id="__import__"), args=[name, *_]):
            return constant(name)
        case ast.Call(func=ast.Attribute(attr="import_module") | ast.Name(id="import_module"), args=[name, *_]):
            return constant(name)
        case ast.Subscript(value=value, slice=name) if _path(value, aliases) == "sys.modules":
            return constant(name)
    return None


def constant(node: ast.AST) -> str | None:
    """The string that an expression of constants makes."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = constant(left), constant(right)
            return first + second if first is not None and second is not None else None
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(glue)), attr="join"), args=[ast.List(elts=parts)]
        ):
            texts = [constant(part) for part in parts]
            return glue.join(text for text in texts if text is not None) if None not in texts else None
        case ast.JoinedStr(values=parts):
            texts = [constant(part) for part in parts]
            return "".join(text for text in texts if text is not None) if None not in texts else None
    return None


class _Reader(ast.NodeVisitor):
    """Reads one definition; names that a function binds itself are no longer those of the file."""

    def __init__(self, names: Names, aliases: dict[str, str], own: set[str], found: Found) -> None:
        self._names, self._aliases, self._own, self._found = names, dict(aliases), own, found

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        outside = self._aliases
        self._aliases = {name: path for name, path in outside.items() if name not in _bound_inside(node)}
        for inner in ast.walk(node):
            if isinstance(inner, ast.Import | ast.ImportFrom):
                self._aliases.update(_imported(inner))
            elif isinstance(inner, ast.Assign) and (path := _alias(inner, self._aliases)):
                self._aliases.update({t.id: path for t in inner.targets if isinstance(t, ast.Name)})
        self.generic_visit(node)
        self._aliases = outside

    visit_AsyncFunctionDef = visit_FunctionDef
    visit_Lambda = visit_FunctionDef

    def visit_Name(self, node: ast.Name) -> None:
        self._use(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if not self._use(node):
            self._method(node)
            self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not self._use(node):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if not self._use(node):
            self._dynamic(node)
            self.generic_visit(node)
        else:
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                self.visit(argument)

    def _use(self, node: ast.expr) -> bool:
        """Note what ``node`` spells; whether it spells a path at all."""
        path = _path(node, self._aliases)
        if path is None:
            return False
        if name := self._names.match(path):
            self._found.uses.append((name, node.lineno))
        elif path.startswith(_INTERNALS) or path.partition(".")[0] in _MODULES or any(p in path for p in _TORCH_NAMES):
            self._found.suspicious.append((path, node.lineno))
        return True

    def _method(self, node: ast.Attribute) -> None:
        if name := self._names.methods.get(node.attr):
            # The file has a method of that name itself: nobody can tell whose it is without running it.
            where = self._found.suspicious if node.attr in self._own else self._found.uses
            where.append((name, node.lineno))
        elif any(part in node.attr for part in _TORCH_NAMES):
            self._found.suspicious.append((node.attr, node.lineno))

    def _dynamic(self, node: ast.Call) -> None:
        match node.func:
            case ast.Name(id="exec" | "eval") if node.args and (text := constant(node.args[0])) is not None:
                self._inner(text, node.lineno)
            case ast.Name(id="getattr") if node.args and _path(node.args[0], self._aliases):
                self._found.suspicious.append(("getattr with a computed name", node.lineno))
            case ast.Name(id=name) if name in _DYNAMIC and hasattr(builtins, name):
                self._found.suspicious.append((name, node.lineno))
            case ast.Attribute(attr="attrgetter" | "methodcaller"):
                self._found.suspicious.append(("operator", node.lineno))

    def _inner(self, text: str, line: int) -> None:
        """Read a program in a string; its lines are those of the call."""
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            return
        inner = Found()
        reader = _Reader(self._names, self._aliases | _bindings(tree).aliases, self._own, inner)
        reader.visit(tree)
        self._found.uses += [(name, line) for name, _ in inner.uses]
        self._found.suspicious += [(what, line) for what, _ in inner.suspicious]


def _bound_inside(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> set[str]:
    """Parameters and local variables: they hide what the file calls by that name."""
    arguments = {argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)}
    shared = {name for n in ast.walk(node) if isinstance(n, ast.Global) for name in n.names}
    return (arguments | set(_stored(node))) - shared


def _stored(node: ast.AST) -> list[str]:
    """Names that get a value somewhere in ``node``."""
    return [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
