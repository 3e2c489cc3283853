"""ops.pebble: stand-ins only; exceptions are exceptions."""

from proof.anything import fake_name

_NAMES = (
    "Layer LayerDict Plan Service ServiceDict ServiceInfo ServiceStatus ServiceStartup Check "
    "CheckDict CheckInfo CheckLevel CheckStatus CheckStartup Change ChangeID Client "
    "ExecProcess FileInfo FileType LogTarget Notice NoticeType Task SystemInfo Warning Error "
    "APIError ChangeError ConnectionError ExecError PathError ProtocolError TimeoutError"
)
globals().update({name: fake_name(name) for name in _NAMES.split()})
