"""`trace_charm` in all its generations, as one behaviour table and one wrapper (DOMAIN 2.5)."""

from __future__ import annotations

import functools
import inspect
import logging
import os
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterator, Optional, Type

from proof.anything import Anything
from proof.world import world

logger = logging.getLogger("tracing")
dev_logger = logging.getLogger("tracing-dev")
tracer: ContextVar[Any] = ContextVar("tracer")
CHARM_TRACING_ENABLED = "CHARM_TRACING_ENABLED"


class TracingError(RuntimeError):
    """Base of the errors of charm_tracing."""


class UntraceableObjectError(TracingError):
    """An object that cannot be instrumented."""


@dataclass(frozen=True)
class Behaviour:
    """The columns of DOMAIN 2.5, one field a row."""

    lookup: str
    """'class': getattr(charm_type, name) while decorating; 'instance': after __init__."""
    cert: str
    """What server_cert must be: 'content', 'absolute' path, or 'existing' absolute path."""
    https_without_cert: str
    """'send', 'off', 'buffer', or 'raise'."""
    transport: str = "http"
    swallows: bool = False
    """An exception of the endpoint getter turns tracing off."""
    buffers: bool = False
    """Without an endpoint, and when the exporter fails, spans go to the buffer file."""
    service_suffix: str = "-charm"
    tls_error: Type[Exception] = TracingError


def decorate(
    charm_type: Any,
    behaviour: Behaviour,
    endpoint_attr: str,
    cert_attr: Optional[str] = None,
    service_name: Optional[str] = None,
) -> Any:
    """Wrap `charm_type.__init__` so that tracing is set up right after it returns."""
    read = _class_reader if behaviour.lookup == "class" else _instance_reader
    read_endpoint = read(charm_type, endpoint_attr)
    read_cert = read(charm_type, cert_attr) if cert_attr else None
    original_init = charm_type.__init__

    @functools.wraps(original_init)
    def wrap_init(self: Any, framework: Any, *args: Any, **kwargs: Any) -> None:
        original_init(self, framework, *args, **kwargs)
        if is_enabled():
            world.traced = "charm_tracing"
            world.service_name = service_name or f"{self.app.name}{behaviour.service_suffix}"
            _setup(self, charm_type, behaviour, read_endpoint, read_cert)

    charm_type.__init__ = wrap_init
    return charm_type


def make_autoinstrument(behaviour: Behaviour) -> Callable[..., Any]:
    """`_autoinstrument` until v1.9: it takes the getter objects, not their names."""

    def name_of(charm_type: Any, getter: Any) -> str:
        return next(name for name in dir(charm_type) if getattr(charm_type, name) is getter)

    def _autoinstrument(
        charm_type: Any,
        tracing_endpoint_getter: Any,
        server_cert_getter: Any = None,
        service_name: Optional[str] = None,
        extra_types: Any = (),
    ) -> Any:
        endpoint = name_of(charm_type, tracing_endpoint_getter)
        cert = name_of(charm_type, server_cert_getter) if server_cert_getter else None
        return decorate(charm_type, behaviour, endpoint, cert, service_name)

    return _autoinstrument


def _setup(
    charm: Any,
    charm_type: Any,
    behaviour: Behaviour,
    read_endpoint: Callable[[Any], Any],
    read_cert: Optional[Callable[[Any], Any]],
) -> None:
    world.export = "off"
    try:
        endpoint = read_endpoint(charm)
        if endpoint is not None and not isinstance(endpoint, str):
            raise TypeError(f"{charm_type.__name__}: the tracing endpoint is not a str: {endpoint}")
    except Exception:
        if not behaviour.swallows:
            raise
        logger.exception("error in the endpoint getter of %s: tracing is off", charm_type)
        return
    world.endpoint = endpoint
    if not endpoint and not behaviour.buffers:
        return
    cert = None
    if read_cert:
        world.cert_read = True
        cert = _check_cert(charm_type, behaviour, read_cert(charm))
        world.cert = str(cert) if isinstance(cert, Path) else cert
    if not endpoint:
        _buffer()
    elif endpoint.startswith("https://") and not cert and behaviour.https_without_cert != "send":
        logger.error("the tracing endpoint is https but there is no server_cert")
        if behaviour.https_without_cert == "raise":
            raise behaviour.tls_error("https endpoint without server_cert")
        if behaviour.https_without_cert == "buffer":
            _buffer()
    else:
        _export(behaviour, endpoint, cert)


def _export(behaviour: Behaviour, endpoint: str, cert: Any) -> None:
    trusted = bool(cert) and (behaviour.cert == "content" or Path(cert).exists())
    if world.delivers(endpoint, behaviour.transport, trusted):
        world.export = "sent"
    else:
        world.export = "failed"
        world.buffered = behaviour.buffers


def _buffer() -> None:
    world.export = "buffered"
    world.buffered = True


def _check_cert(charm_type: Any, behaviour: Behaviour, cert: Any) -> Any:
    """DOMAIN 2.5, the three certificate rows and 'cert value of odd type'."""
    if cert is None:
        logger.warning("%s has no server_cert: sending over an INSECURE connection", charm_type)
        return None
    if behaviour.cert == "content":
        if not isinstance(cert, str):
            raise TypeError(f"{charm_type}: the server certificate is not a str: {cert}")
        return cert
    if behaviour.cert == "existing" and not isinstance(cert, (str, Path)):
        logger.warning("server_cert has unexpected type %s: INSECURE connection", type(cert))
        return None
    path = Path(cert)
    if not path.is_absolute() or (behaviour.cert == "existing" and not path.exists()):
        raise ValueError(f"{charm_type}: server_cert is not a valid absolute path: {cert}")
    return cert


def _class_reader(charm_type: Any, name: str) -> Callable[[Any], Any]:
    """v0 and v1 0-9: the name must be a property or method of the class, else AttributeError."""
    getter = getattr(charm_type, name)
    return getter.__get__ if isinstance(getter, property) else lambda charm: getter(charm)


def _instance_reader(_charm_type: Any, name: str) -> Callable[[Any], Any]:
    """v1 >=10 and coord: getattr on the instance, called when callable."""

    def read(charm: Any) -> Any:
        value = getattr(charm, name)
        return value() if callable(value) else value

    return read


def is_enabled() -> bool:
    return os.environ.get(CHARM_TRACING_ENABLED, "1") == "1"


@contextmanager
def charm_tracing_disabled() -> Iterator[None]:
    previous = os.environ.get(CHARM_TRACING_ENABLED, "1")
    os.environ[CHARM_TRACING_ENABLED] = "0"
    try:
        yield
    finally:
        os.environ[CHARM_TRACING_ENABLED] = previous


def get_current_span() -> Any:
    return Anything() if world.traced else None


def trace_type(cls: Any) -> Any:
    return cls


def trace(obj: Any) -> Any:
    if inspect.isclass(obj) or callable(obj):
        return obj
    raise UntraceableObjectError(f"cannot instrument {type(obj)}")


# `trace_method` and `trace_function` took static= until v1.7, nothing in 8-12, name= since v1.13.


def trace_callable_static(obj: Any, static: bool = False) -> Any:
    return obj


def trace_callable_plain(obj: Any) -> Any:
    return obj


def trace_callable_named(obj: Any, name: Optional[str] = None) -> Any:
    return obj
