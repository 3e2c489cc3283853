import pytest


@pytest.fixture(autouse=True)
def quiet():
    yield


@pytest.fixture
def charm(quiet: None):
    yield None
