// A subclass of a charm that calls each of its methods, and records what they pass on to whatever the charm lacks.

import type { CharmJob, Outcome, Situation } from './run.js';

const PROBE = `
import inspect
import json

import charm as charm_module
from ops import CharmBase


class Recorder:
    """Stands for anything that the charm does not define; what it is called with counts."""

    def __init__(self, name, calls):
        self._name, self._calls = name, calls

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Recorder(f"{self._name}.{name}", self._calls)

    def __call__(self, *args, **kwargs):
        if len(self._calls) > 20:
            raise RuntimeError("a loop that does not end")
        self._calls.append([self._name, [repr(a) for a in args], {k: repr(v) for k, v in kwargs.items()}])
        return Recorder(f"{self._name}()", self._calls)

    def __getitem__(self, key):
        return Recorder(f"{self._name}[{key!r}]", self._calls)

    def __iter__(self):
        return iter(())

    def __repr__(self):
        return self._name


bases = [
    value
    for value in vars(charm_module).values()
    if isinstance(value, type) and issubclass(value, CharmBase) and value.__module__ == "charm"
]


class Probe(bases[-1]):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Recorder(name, self.__dict__.setdefault("probe_calls", []))

    def probe_results(self):
        results = {}
        for owner in type(self).__mro__[1:]:
            if owner.__module__.split(".")[0] in ("ops", "proof", "builtins", "abc", "typing"):
                continue
            for name, member in vars(owner).items():
                if name.startswith("__") or name in results:
                    continue
                if isinstance(member, property) or inspect.isfunction(member):
                    results[name] = self.probe(name, member)
        return json.dumps(results)

    def probe(self, name, member):
        self.__dict__["probe_calls"] = calls = []
        try:
            if isinstance(member, property):
                value = getattr(self, name)
            else:
                parameters = list(inspect.signature(member).parameters.values())[1:]
                needed = [p for p in parameters if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD]
                value = member(self, *(Recorder(p.name, calls) for p in needed))
            if inspect.isgenerator(value):
                value = list(value)
            return {"value": repr(value), "calls": calls}
        except Exception as e:
            return {"raises": type(e).__name__, "message": str(e), "calls": calls}
`;

/** What a method gave: its value or exception, and what it passed on. */
export interface Probed {
  readonly value?: string;
  readonly raises?: string;
  readonly message?: string;
  readonly calls: readonly unknown[];
}

/** A job that calls every method of the last charm class in `src/charm.py`. */
export function probeJob(files: CharmJob['files'], situation: Situation): CharmJob {
  const names = Object.entries(files)
    .filter(([path]) => path.startsWith('src/'))
    .flatMap(([, text]) => [...text.matchAll(/["']([a-z][a-z-]*)["']/g)].map((match) => match[1] ?? ''));
  const endpoint = { interface: 'tracing', limit: 1 };
  const requires = Object.fromEntries(['tracing', ...names].map((name) => [name, endpoint]));
  return {
    files: { ...files, 'src/probe_charm.py': PROBE },
    situation: {
      ...situation,
      module: 'probe_charm',
      className: 'Probe',
      metadata: { name: 'sample', requires },
      read: ['probe_results'],
    },
  };
}

export function probed(outcome: Outcome): Readonly<Record<string, Probed>> {
  const { probe_results: results } = outcome.attrs;
  return typeof results === 'string' ? (JSON.parse(results) as Record<string, Probed>) : {};
}
