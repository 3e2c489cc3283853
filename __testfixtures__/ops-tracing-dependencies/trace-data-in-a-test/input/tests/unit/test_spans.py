def test_spans(context):
    assert not context.trace_data
