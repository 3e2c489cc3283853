#!/usr/bin/env python3
"""Constructs a charm in a situation, with stub libraries, and says what happened.

    python3 driver.py --charm DIR [--module charm] [--class NAME] [--metadata FILE.json]
                      --situation JSON
    python3 driver.py --batch < jobs.json      # {"jobs": [{"charm": …, "situation": …}, …]}

One JSON line per job on stdout. Metadata is JSON, passed on by the caller (no YAML reader here);
without it the charm has one `tracing` endpoint with `limit: 1`. Nothing outside the charm's folder
is read or written: other absolute paths are virtual, subprocesses are only recorded, and there is
no network.
"""

from __future__ import annotations

import argparse
import builtins
import contextlib
import importlib
import importlib.machinery
import importlib.util
import io
import json
import logging
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import sysconfig
import traceback
from typing import Any, Callable, Dict, Iterator, List, Optional

HERE = os.path.dirname(os.path.realpath(__file__))
STUBS = os.path.join(HERE, "stubs")
# No site-packages: what is installed here must not decide what a charm does.
sys.path[:] = [STUBS, *(p for p in sys.path if not p.endswith(("site-packages", "dist-packages")))]
sys.dont_write_bytecode = True

# Stateless, so imported once for all jobs; everything else is imported anew by each job.
import ops  # noqa: E402
import ops_tracing  # noqa: E402
import proof.charm_tracing  # noqa: E402
import proof.coordinated  # noqa: E402
import proof.tracing  # noqa: E402
from ops.charm import CharmBase, CharmMeta, RelationRole  # noqa: E402
from ops.framework import Framework  # noqa: E402
from ops.model import Application, Model, Relation, Unit  # noqa: E402
from proof.anything import Anything, FakeFinder  # noqa: E402
from proof.world import CERT_TEXT, LogRecords, world  # noqa: E402

DEFAULT_METADATA = {
    "name": "proof",
    "requires": {"tracing": {"interface": "tracing", "limit": 1}},
}
THIRD_PARTY = (
    "aiohttp bcrypt boto3 botocore charmed_service_mesh_helpers charmlibs charmrefresh charms "
    "coordinated_workers cosl crossplane cryptography dacite dateutil deepdiff deepmerge hvac "
    "httpx importlib_metadata jinja2 jsonschema kubernetes lightkube lightkube_extensions "
    "minio mysql netifaces ops.jujuversion ops.log ops.storage ops.testing opentelemetry "
    "overrides packaging parse poetry psycopg psycopg2 pydantic pydantic_core pymongo redis "
    "requests rpds semver serialized_data_interface tenacity tomli typing_extensions urllib3 "
    "validators yaml yarl"
).split()
"""Answered by stand-ins where nothing real is found; `ops` and `cosl` have stubs that come first."""
LIBS = {
    "tempo_k8s": os.path.join(HERE, "libs", "old", "charms"),
    "tempo_coordinator_k8s": os.path.join(HERE, "libs", "new", "charms"),
}
STDLIB = sysconfig.get_path("stdlib")
OTHER_LIBS = os.path.join(HERE, "libs", "other", "charms")


class TempoGate:
    """Answers every import of a tempo library: from the stubs, or not at all.

    `charms.X` and `lib.charms.X` are two module objects of one stub, as in a real charm.
    """

    def __init__(self, libs: str, ops_extra: bool):
        names = {"old": ["tempo_k8s"], "new": ["tempo_coordinator_k8s"], "both": list(LIBS)}
        self.roots = [LIBS[name] for name in names[libs]]
        self.ops_extra = ops_extra

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> Any:
        if name == "ops_tracing" and not self.ops_extra:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        parts = name.removeprefix("lib.").split(".")
        if parts[0] != "charms" or len(parts) < 2:
            return None
        if parts[1].startswith("tempo_"):
            spec = self._stub(name, parts[1:], self.roots)
            if spec is None:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
            return spec
        return self._stub(name, parts[1:], [OTHER_LIBS])

    def _stub(self, name: str, parts: List[str], roots: List[str]) -> Any:
        for root in roots:
            path = os.path.join(root, *parts)
            if os.path.isfile(f"{path}.py"):
                return importlib.util.spec_from_file_location(name, f"{path}.py")
            if os.path.isdir(path):
                spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
                spec.submodule_search_locations = [path]
                return spec
        return None


def run(job: Dict[str, Any]) -> Dict[str, Any]:
    """Run one job; whatever the charm raises is part of the outcome."""
    situation = job.get("situation", {})
    charm_dir = os.path.realpath(job["charm"])
    world.reset(situation)
    world.real_roots = (charm_dir, HERE, STDLIB, sys.prefix)
    records = LogRecords()
    phase = ["import"]
    outcome: Dict[str, Any] = {"exception": None, "attrs": {}}
    charm: Any = None
    with _isolated(charm_dir, situation), _virtual_files(), _logging_to(records):
        try:
            module = importlib.import_module(job.get("module") or "charm")
            charm_class = _charm_class(module, job.get("class"))
            framework = _framework(job.get("metadata") or DEFAULT_METADATA)
            phase[0] = "init"
            charm = charm_class(framework)
            for event in situation.get("emit", []):
                phase[0] = f"event:{event}"
                _emit(charm, event)
        except Exception as e:
            outcome["exception"] = _describe(e, phase[0])
        else:
            outcome["attrs"] = _attributes(charm, situation.get("read", []))
    requested = _requested() if phase[0] != "import" else {}
    outcome.update(
        endpoint=_plain(world.endpoint),
        cert=_plain(world.cert),
        certRead=world.cert_read,
        requested=sorted({p for each in requested.values() for p in each}) if requested else None,
        requestedBy=requested,
        tracer=world.traced,
        serviceName=world.service_name,
        export=world.export,
        buffered=world.buffered,
        sent=world.export == "sent",
        log=records.lines,
        commands=_plain(world.commands),
    )
    return outcome


_relations: Dict[str, List[Any]] = {}


def _framework(metadata: Dict[str, Any]) -> Any:
    """The unit, its relations and its metadata as the situation says."""
    meta = CharmMeta(metadata)
    app = Application(meta.name or "proof")
    unit = Unit(f"{app.name}/0", app)
    situation = world.situation
    _relations.clear()
    for index, (name, endpoint) in enumerate(meta.relations.items()):
        _relations[name] = []
        tracing = endpoint.interface_name in ("tracing", "cos_agent")
        if endpoint.interface_name == "tracing" and "limit" in situation:
            endpoint.limit = situation["limit"]
        if endpoint.role is not RelationRole.requires and endpoint.interface_name != "cos_agent":
            continue
        if tracing and world.related and (world.only is None or name in world.only):
            bag = world.provider_databag() if endpoint.interface_name == "tracing" else {}
            _relations[name] = [
                Relation(name, index * 10 + i, unit, dict(bag)) for i in range(world.relation_count)
            ]
            for relation in _relations[name]:
                if situation.get("requestedBefore"):
                    relation.data[app].raw()["receivers"] = json.dumps(situation["requestedBefore"])
        if endpoint.interface_name == "certificate_transfer" and world.ca_relation != "none":
            count = 2 if world.ca_relation == "two" else 1
            _relations[name] = [Relation(name, 900 + i, unit, {}) for i in range(count)]
    options = (metadata.get("config") or {}).get("options") or {}
    defaults = {k: o["default"] for k, o in options.items() if "default" in o}
    return Framework(meta, Model(unit, _relations, {**defaults, **world.config}))


def _requested() -> Dict[str, List[str]]:
    """The protocols in the own application databag of each tracing relation."""
    found = {}
    for name, relations in _relations.items():
        for relation in relations:
            for entity, content in relation.data.items():
                if entity is not relation.app and "receivers" in content.raw():
                    found[name] = json.loads(content.raw()["receivers"])
    return found


def _charm_class(module: Any, name: Optional[str]) -> Any:
    """The named class, or the last charm class that the module defines."""
    if name:
        return getattr(module, name)
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, CharmBase)
        and value.__module__ == module.__name__
    ]
    if not classes:
        raise LookupError(f"no charm class in {module.__name__}")
    return classes[-1]


def _emit(charm: Any, event: str) -> None:
    """Emit an event of the charm; relation events once per relation of their endpoint."""
    for name, relations in _relations.items():
        prefix = name.replace("-", "_") + "_relation_"
        if event.startswith(prefix):
            for relation in list(relations):
                getattr(charm.on, event).emit(relation)
            return
    getattr(charm.on, event).emit()


def _attributes(charm: Any, read: List[str]) -> Dict[str, Any]:
    """Plain instance attributes, and the dotted expressions of `read` (called when callable)."""
    attrs = {
        name: _plain(value)
        for name, value in vars(charm).items()
        if name not in ("framework", "handle") and _is_plain(value)
    }
    for expression in read:
        try:
            value = charm
            for part in expression.split("."):
                value = getattr(value, part)
            attrs[expression] = _plain(value() if callable(value) else value)
        except Exception as e:
            attrs[expression] = {"exception": type(e).__name__, "message": str(e)}
    return attrs


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float, bool, pathlib.PurePath))


def _plain(value: Any) -> Any:
    if isinstance(value, pathlib.PurePath):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return value if _is_plain(value) else str(value)


def _describe(error: BaseException, phase: str) -> Dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if not f.filename.startswith((HERE, "<"))]
    return {
        "type": type(error).__name__,
        "bases": [c.__name__ for c in type(error).__mro__[1:-2]],
        "message": str(error),
        "phase": phase,
        "line": own[-1].lineno if own else None,
    }


# -- isolation --------------------------------------------------------------------------------


@contextlib.contextmanager
def _isolated(charm_dir: str, situation: Dict[str, Any]) -> Iterator[None]:
    """Own sys.path, sys.modules, finders, environment, working directory and stdout."""
    before, path, finders = set(sys.modules), list(sys.path), list(sys.meta_path)
    environment, cwd, stdout = dict(os.environ), os.getcwd(), sys.stdout
    sys.path[:] = [os.path.join(charm_dir, "src"), charm_dir, *path]
    sys.meta_path.insert(0, TempoGate(situation.get("libs", "both"), world.ops_extra))
    sys.meta_path.append(FakeFinder([*THIRD_PARTY, *situation.get("fakePackages", [])]))
    if not world.ops_extra:
        del sys.modules["ops_tracing"]
        ops.tracing = None
    for module, patch in situation.get("libpatch", {}).items():
        os.environ["LIBPATCH_" + module.upper().replace(".", "_")] = str(patch)
    os.environ.update(situation.get("env", {}))
    os.chdir(charm_dir)
    sys.stdout = sys.stderr
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.stdout = stdout
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(environment)
        sys.path[:], sys.meta_path[:] = path, finders
        for name in set(sys.modules) - before:
            if not _is_standard(sys.modules[name]):
                del sys.modules[name]
        sys.modules["ops_tracing"] = ops.tracing = ops_tracing


def _is_standard(module: Any) -> bool:
    origin = getattr(module, "__file__", None)
    if origin is None:
        return getattr(module, "__name__", "") in sys.builtin_module_names
    return origin.startswith(STDLIB)


@contextlib.contextmanager
def _logging_to(records: LogRecords) -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    root.handlers[:] = [records]
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


@contextlib.contextmanager
def _virtual_files() -> Iterator[None]:
    """Answer for the virtual paths, and let no charm write or run anything."""
    patched: List[Any] = []

    def patch(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
        original = getattr(owner, name)
        patched.append((owner, name, original))
        setattr(owner, name, make(original))

    def existence(original: Any) -> Any:
        def check(path: Any, *args: Any, **kwargs: Any) -> bool:
            answer = None if isinstance(path, int) else world.exists(path)
            return original(path, *args, **kwargs) if answer is None else answer

        return check

    def opening(original: Any) -> Any:
        def open_(path: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            answer = None if isinstance(path, int) else world.exists(path)
            if any(flag in mode for flag in "wax+"):
                return _Written(path, "b" in mode)
            if answer is None:
                return original(path, mode, *args, **kwargs)
            if not answer:
                raise FileNotFoundError(2, "No such file or directory", str(path))
            return _stream(path, "b" in mode)

        return open_

    def read(binary: bool) -> Any:
        def make(original: Any) -> Any:
            def read_(path: Any, *args: Any, **kwargs: Any) -> Any:
                answer = world.exists(path)
                if answer is None:
                    return original(path, *args, **kwargs)
                if not answer:
                    raise FileNotFoundError(2, "No such file or directory", str(path))
                return _stream(path, binary).read()

            return read_

        return make

    def write(_original: Any) -> Any:
        def write_(path: Any, data: Any, *_args: Any, **_kwargs: Any) -> int:
            world.write(path, data if isinstance(data, str) else data.decode())
            return len(data)

        return write_

    def command(_original: Any) -> Any:
        def run_(args: Any, *_args: Any, **_kwargs: Any) -> Any:
            world.commands.append(args)
            return Anything()

        return run_

    def refused(_original: Any) -> Any:
        def connect(*_args: Any, **_kwargs: Any) -> Any:
            raise OSError("no network in the proof")

        return connect

    for name in ("exists", "isfile"):
        patch(os.path, name, existence)
    for name in ("exists", "is_file"):
        patch(pathlib.Path, name, existence)
    patch(builtins, "open", opening)
    patch(pathlib.Path, "open", opening)
    patch(pathlib.Path, "read_text", read(False))
    patch(pathlib.Path, "read_bytes", read(True))
    patch(pathlib.Path, "write_text", write)
    patch(pathlib.Path, "write_bytes", write)
    for owner, names in (
        (pathlib.Path, ("unlink",)),
        (os, ("remove", "unlink")),
    ):
        for name in names:
            patch(owner, name, lambda _o: lambda path, *_a, **_k: world.remove(path))
    for owner, names in (
        (pathlib.Path, ("mkdir", "chmod", "touch")),
        (os, ("makedirs", "mkdir", "chmod", "chown")),
    ):
        for name in names:
            patch(owner, name, lambda _o: lambda *_a, **_k: None)
    for name in ("run", "check_call", "check_output", "call", "Popen"):
        patch(subprocess, name, command)
    patch(os, "system", command)
    for name in ("getfqdn", "gethostname"):
        patch(socket, name, lambda _o: lambda *_a: "proof-0.proof")
    for owner, name in ((socket, "create_connection"), (socket, "getaddrinfo")):
        patch(owner, name, refused)
    for name in ("copy", "copy2", "copyfile", "copytree", "move", "rmtree"):
        patch(shutil, name, lambda _o: lambda *_a, **_k: None)
    try:
        yield
    finally:
        for owner, name, original in reversed(patched):
            setattr(owner, name, original)


def _stream(path: Any, binary: bool) -> Any:
    text = world.files.get(os.fspath(path), CERT_TEXT)
    return io.BytesIO(text.encode()) if binary else io.StringIO(text)


class _Written(io.StringIO):
    """A file opened for writing; its text becomes a virtual file on close."""

    def __init__(self, path: Any, binary: bool):
        super().__init__()
        self._path, self._binary = path, binary

    def write(self, data: Any) -> int:
        return super().write(data.decode() if self._binary else data)

    def close(self) -> None:
        if not self.closed:
            world.write(self._path, self.getvalue())
        super().close()


def main(argv: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batch", action="store_true", help="read jobs from stdin")
    parser.add_argument("--charm", help="folder of the charm")
    parser.add_argument("--module", default="charm", help="module below src (default: charm)")
    parser.add_argument("--class", dest="charm_class", help="name of the charm class")
    parser.add_argument("--metadata", help="JSON file with the metadata")
    parser.add_argument("--situation", default="{}", help="JSON object")
    options = parser.parse_args(argv)
    if options.batch:
        jobs = json.load(sys.stdin)["jobs"]
    elif options.charm:
        job = {"charm": options.charm, "module": options.module, "class": options.charm_class}
        job["situation"] = json.loads(options.situation)
        if options.metadata:
            with open(options.metadata, encoding="utf-8") as file:
                job["metadata"] = json.load(file)
        jobs = [job]
    else:
        parser.error("one of --charm and --batch is needed")
    for job in jobs:
        print(json.dumps(run(job)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
