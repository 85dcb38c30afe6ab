"""`scripts/build_programs` refuses what would be unsafe, and says what is wrong in one line."""

from dataclasses import replace

import pytest

from offchain.build import command
from offchain.settings.project import Project, load_project


def with_mainnet_admin(admin: str) -> Project:
    project = load_project()
    mainnet = replace(project.cluster("mainnet"), admin=admin)
    return replace(project, clusters=project.clusters | {"mainnet": mainnet})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--profile", "release"], "clusters.mainnet.admin is not set"),
        (["--profile", "release", "--cluster", "localnet"], "clusters.localnet.admin is the public development key"),
        (["--profile", "debug"], "no profile 'debug'"),
        (["--cluster", "moon"], "no cluster 'moon'"),
        (["risk"], "clusters.localnet.programs.risk is not set"),
    ],
)
def test_refusals(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert command.main(arguments) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith(f"build_programs: {message}")
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_a_release_never_carries_the_development_key(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = with_mainnet_admin(load_project().cluster("localnet").admin)
    monkeypatch.setattr(command, "load_project", lambda: project)
    assert command.main(["--profile", "release"]) == 1
    assert "clusters.mainnet.admin is the public development key" in capsys.readouterr().err


def test_a_development_build_never_goes_to_mainnet(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = with_mainnet_admin("5M4cgUZq1obbihhGrQANRPBhQbKz9YNfXERknkkVDmPv")
    monkeypatch.setattr(command, "load_project", lambda: project)
    assert command.main(["--cluster", "mainnet"]) == 1
    assert "a development build is not for mainnet" in capsys.readouterr().err
