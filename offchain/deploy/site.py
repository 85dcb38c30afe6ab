"""A program's place on the chain as it is now."""

from dataclasses import dataclass

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.build.manifest import file_hash
from offchain.chain.addresses import SYSTEM_PROGRAM, UPGRADEABLE_LOADER
from offchain.deploy.artifacts import Artifact
from offchain.deploy.chunks import buffer_address
from offchain.deploy.errors import DeployError
from offchain.deploy.loader_state import ProgramData, data_address, read_program, read_program_data
from offchain.deploy.target import Target

_SECTIONS_AT, _SECTION_BYTES_AT, _SECTION_COUNT_AT = slice(0x28, 0x30), slice(0x3A, 0x3C), slice(0x3C, 0x3E)
"""Where a 64-bit ELF file says where its section headers begin, how large one is, and how many there are."""


@dataclass(frozen=True)
class Site:
    """The accounts that belong to one program."""

    artifact: Artifact
    deployed: ProgramData | None
    """None: nothing is there yet."""
    program_lamports: int
    data_lamports: int
    buffer: Account | None
    """The payer's buffer for this program."""

    @property
    def current(self) -> bool:
        """Whether exactly the artifact is deployed."""
        return self.deployed is not None and self.deployed.holds(self.artifact.elf)

    @property
    def hash(self) -> str:
        """SHA-256 of the deployed bytecode without the spare room behind it."""
        if self.deployed is None:
            return ""
        return self.artifact.hash if self.current else file_hash(without_room(self.deployed.content))


def without_room(content: bytes) -> bytes:
    """The ELF file at the beginning of a program's data: it ends with its section headers, and zeros follow."""
    offset = int.from_bytes(content[_SECTIONS_AT], "little")
    size, number = (int.from_bytes(content[place], "little") for place in (_SECTION_BYTES_AT, _SECTION_COUNT_AT))
    end = offset + size * number
    return content[:end] if end <= len(content) and not any(content[end:]) else content.rstrip(b"\0")


def read_sites(target: Target) -> list[Site]:
    """Every program's place. DeployError where somebody else's account or a closed program is in the way."""
    sites = []
    for artifact in target.artifacts:
        keys = [artifact.program, data_address(artifact.program), buffer_address(target.me, artifact.name)]
        program, data, buffer = target.chain.accounts(keys)
        _check(artifact, program, data)
        sites.append(
            Site(artifact, read_program_data(data) if program else None, _lamports(program), _lamports(data), buffer)
            if read_program(program) is not None
            else Site(artifact, None, _lamports(program), 0, buffer)
        )
    return sites


def _check(artifact: Artifact, program: Account | None, data: Account | None) -> None:
    where = f"{artifact.program} ({artifact.name})"
    new = "make new keys with scripts/program_ids, write them into seahorse.toml and build anew"
    if program is None or (program.owner == SYSTEM_PROGRAM and not program.data):
        if data is not None:
            raise DeployError(f"{where} can't be deployed: somebody put lamports where its bytecode belongs; {new}")
        return
    if program.owner != UPGRADEABLE_LOADER or read_program(program) is None:
        raise DeployError(
            f"{where} holds somebody else's account, of the owner {program.owner}: correct the address in "
            f"seahorse.toml, or {new}"
        )
    if read_program_data(data) is None:
        raise DeployError(f"{where} was closed, and a closed program never comes back: {new}")


def _lamports(account: Account | None) -> int:
    return account.lamports if account is not None else 0


def authority_sentence(authority: Pubkey | None) -> str:
    """Who may upgrade a program, for people."""
    return f"only {authority} may upgrade it" if authority is not None else "nobody may upgrade it any more"
