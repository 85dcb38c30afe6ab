"""Publishing each program's IDL, or what of it is missing.

The first publication writes into the IDL account itself; a later one collects the new IDL in a buffer and puts it in
place at once, so that readers never meet half of one.
"""

from solders.account import Account
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.deploy import idl
from offchain.deploy.accounts import create_seeded
from offchain.deploy.artifacts import Artifact
from offchain.deploy.chunks import buffer_seed
from offchain.deploy.errors import DeployError
from offchain.deploy.plan import Progress, Step
from offchain.deploy.target import Target

PART = "idl"


def idl_steps(target: Target) -> tuple[list[Step], list[str]]:
    """What is missing, and a note for each IDL that belongs to somebody else."""
    steps, notes = [], []
    for artifact in target.artifacts:
        program, content = artifact.program, idl.compress(artifact.idl)
        if len(content) > idl.ROOM:
            raise DeployError(f"the IDL of {artifact.name} takes {len(content)} bytes compressed, more than {idl.ROOM}")
        place, buffer = _read(target, artifact)
        published = idl.read_idl(place, program)
        if published is not None and published.written == content:
            if idl.read_idl(buffer, program) is not None:
                steps.append(_step(target, artifact, "close the buffer of the IDL of", 1, -_lamports(buffer)))
        elif published is None:
            rent = target.node.rent(idl.HEADER + idl.ROOM) - _lamports(place)
            steps.append(_step(target, artifact, "publish the IDL of", 1 + _pieces(content), rent))
        elif published.authority != target.me:
            notes.append(
                f"the IDL of {artifact.name} belongs to {published.authority} and is another version; left as it is"
            )
        elif content.startswith(published.written):
            left = _pieces(content[len(published.written) :])
            steps.append(_step(target, artifact, "publish the rest of the IDL of", left, 0))
        else:
            held = target.node.rent(idl.HEADER + idl.ROOM) - _lamports(buffer)
            steps.append(_step(target, artifact, "replace the IDL of", 3 + _pieces(content), 0, held))
    return steps, notes


def buffer_of(target: Target, artifact: Artifact) -> Pubkey:
    """The payer's buffer for an IDL, found again by its seed."""
    return Pubkey.create_with_seed(target.me, buffer_seed(artifact.name), artifact.program)


def _step(target: Target, artifact: Artifact, verb: str, transactions: int, rent: int, held: int = 0) -> Step:
    return Step(
        part=PART,
        title=f"{verb} {artifact.name}",
        run=lambda progress: _publish(target, artifact, progress),
        transactions=transactions,
        rent=rent,
        held=held,
        detail=str(idl.idl_address(artifact.program)),
    )


def _publish(target: Target, artifact: Artifact, progress: Progress) -> None:
    """Go on from wherever the chain stands until the IDL is in place and no buffer is left."""
    program, me, content = artifact.program, target.me, idl.compress(artifact.idl)
    address, buffer = idl.idl_address(program), buffer_of(target, artifact)
    while True:
        place, beside = _read(target, artifact)
        published, collected = idl.read_idl(place, program), idl.read_idl(beside, program)
        if published is None:
            target.send([idl.create(program, me)])
        elif published.written == content:
            if collected is None:
                return
            target.send([idl.close(program, buffer, me, me)])
        elif content.startswith(published.written):
            target.send([idl.append(program, address, me, _next(content, published.written))])
        elif collected is None:
            target.send([*_make(target, artifact, buffer, beside), idl.create_buffer(program, buffer, me)])
        elif collected.written == content:
            target.send([idl.set_buffer(program, buffer, me)])
        elif content.startswith(collected.written):
            target.send([idl.append(program, buffer, me, _next(content, collected.written))])
        else:
            target.send([idl.close(program, buffer, me, me)])
        progress(1)


def _make(target: Target, artifact: Artifact, buffer: Pubkey, there: Account | None) -> list[Instruction]:
    size = idl.HEADER + idl.ROOM
    seed, rent = buffer_seed(artifact.name), target.node.rent(size)
    return create_seeded(target.me, seed, _lamports(there), rent, size, artifact.program)


def _next(content: bytes, written: bytes) -> bytes:
    return content[len(written) : len(written) + idl.PIECE]


def _read(target: Target, artifact: Artifact) -> tuple[Account | None, Account | None]:
    place, buffer = target.chain.accounts([idl.idl_address(artifact.program), buffer_of(target, artifact)])
    return place, buffer


def _pieces(content: bytes) -> int:
    return -(-len(content) // idl.PIECE)


def _lamports(account: Account | None) -> int:
    return account.lamports if account is not None else 0
