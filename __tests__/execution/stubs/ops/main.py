"""ops.main is a module and a function; hooks are not dispatched in the proof."""

import sys
import types
from typing import Any


def main(charm_class: Any, use_juju_for_storage: Any = None) -> None:
    raise RuntimeError("ops.main must not run when the charm module is imported")


class _CallableModule(types.ModuleType):
    def __call__(self, *args: Any, **kwargs: Any) -> None:
        main(*args, **kwargs)


sys.modules[__name__].__class__ = _CallableModule
