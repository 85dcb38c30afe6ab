"""Reading a deployment back: the bytecode, the IDL and every field that the deployment fixes."""

from dataclasses import dataclass

from offchain.deploy import idl
from offchain.deploy.expected import differences, expectations
from offchain.deploy.planner import profile_of
from offchain.deploy.site import read_sites
from offchain.deploy.target import Target


@dataclass(frozen=True)
class Finding:
    """One thing that was checked."""

    what: str
    good: bool
    detail: str


def verify(target: Target) -> list[Finding]:
    """Everything a deployment promises, compared with the chain."""
    return [*_programs(target), *_idls(target), *_accounts(target)]


def _programs(target: Target) -> list[Finding]:
    findings = []
    for site in read_sites(target):
        artifact = site.artifact
        detail = f"SHA-256 {artifact.hash}" if site.current else f"{site.hash or 'nothing'}, built {artifact.hash}"
        findings.append(Finding(f"bytecode of {artifact.name}", site.current, detail))
    return findings


def _idls(target: Target) -> list[Finding]:
    addresses = [idl.idl_address(artifact.program) for artifact in target.artifacts]
    findings = []
    for artifact, address, account in zip(target.artifacts, addresses, target.chain.accounts(addresses), strict=True):
        found = idl.read_idl(account, artifact.program)
        same = found is not None and found.written == idl.compress(artifact.idl)
        # Whoever is first may publish an IDL; it tells readers how to decode and changes nothing else.
        foreign = found is not None and found.authority != target.me
        detail = str(address) if same else "belongs to somebody else" if foreign else "is missing or another version"
        findings.append(Finding(f"IDL of {artifact.name}", same or foreign, detail))
    return findings


def _accounts(target: Target) -> list[Finding]:
    known = expectations(target, profile_of(target).dev)
    accounts = target.chain.accounts([found.address for found in known])
    findings = []
    for expected, account in zip(known, accounts, strict=True):
        found = list(differences(expected, account, target))
        wrong = [difference for difference in found if difference.fixed]
        count = len(expected.fixed) + len(expected.movable)
        detail = "; ".join(map(str, found)) or f"{count} fields as deployed"
        findings.append(Finding(expected.name, not wrong, detail))
    return findings
