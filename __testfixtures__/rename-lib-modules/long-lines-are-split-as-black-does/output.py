FOLDER_WITH_A_LONG_NAME = (
    "lib/charms/tempo_coordinator_k8s/v0/charm_tracing.py/and/some/more"
)
LONGER_THAN_A_LINE = (
    "lib/charms/tempo_coordinator_k8s/v0/charm_tracing.py/and/some/more/of/it/it"
)
X = "lib/charms/tempo_coordinator_k8s/v0/charm_tracing.py/and/some/more/of/it/it/until/the/end/end"
ALREADY_TOO_LONG = patch("charms.tempo_coordinator_k8s.v0.charm_tracing.BUFFER_DEFAULT_CACHE_FILE_NAME", tmp_path)


def f(self, tmp_path):
    with patch(
        "charms.tempo_coordinator_k8s.v0.charm_tracing.is_enabled", tmp_path / "f"
    ) as enab:
        pass
    with patch("charms.tempo_coordinator_k8s.v0.charm_tracing.logger") as a, patch(
        "b.c", d
    ):
        pass
    patch(
        "charms.tempo_coordinator_k8s.v0.charm_tracing.is_enabled", tmp_path / "a_file"
    ).start()
    self.tracing = charms.tempo_coordinator_k8s.v0.tracing.TracingEndpointRequirer(
        self, "tracing"
    )
    for x in [
        "charms.tempo_coordinator_k8s.v0.charm_tracing",
        "charms.tempo_coordinator_k8s.v0.tracing",
        "x",
    ]:
        pass
    assert "lib/charms/tempo_coordinator_k8s/v0/charm_tracing.py" in foo(bar, baz, some_more_names)
    foo("charms.tempo_coordinator_k8s.v0.charm_tracing.trace_charm", tmp_path / "other")  # noqa: X
    import charms.tempo_coordinator_k8s.v0.tracing


@patch(
    "charms.tempo_coordinator_k8s.v0.charm_tracing.is_enabled",
    MagicMock(return_value=True),
)
@patch(
    "charms.tempo_coordinator_k8s.v0.charm_tracing.trace_charm",
    MagicMock(return_value=(1, 2)),
)
def test():
    pass
