"""The buffer in which a program's new bytecode is collected: made, filled, found again, and never lost."""

from solders.pubkey import Pubkey

from offchain.chain.addresses import UPGRADEABLE_LOADER
from offchain.deploy import loader
from offchain.deploy.accounts import create_seeded
from offchain.deploy.chunks import buffer_address, buffer_seed, buffer_size, chunk_size, missing_chunks
from offchain.deploy.errors import DeployError
from offchain.deploy.loader_state import read_buffer
from offchain.deploy.plan import Progress
from offchain.deploy.site import Site
from offchain.deploy.target import Target
from offchain.deploy.upload import upload

_ROUNDS = 3
"""How often to look whether all writes are really there."""


def usable(site: Site, target: Target) -> bool:
    """Whether the payer's buffer can be filled on, rather than made (anew)."""
    found = read_buffer(site.buffer)
    return found is not None and found.authority == target.me and len(found.content) == len(site.artifact.elf)


def is_in_the_way(site: Site) -> bool:
    """Whether there is a buffer that does not fit and has to be closed first."""
    return site.buffer is not None and site.buffer.owner == UPGRADEABLE_LOADER


def writes_to_do(site: Site, target: Target) -> int:
    """How many writes the buffer still needs."""
    found = read_buffer(site.buffer) if usable(site, target) else None
    return len(missing_chunks(site.artifact.elf, found.content if found else b"", chunk_size(target.priority)))


def transactions_to_do(site: Site, target: Target) -> int:
    """Writes, and what it takes to make the buffer."""
    if usable(site, target):
        return writes_to_do(site, target)
    return writes_to_do(site, target) + (2 if is_in_the_way(site) else 1)


def rent_to_pay(site: Site, target: Target) -> int:
    """Lamports the buffer still needs; what one that is in the way holds comes back and counts."""
    held = site.buffer.lamports if site.buffer is not None else 0
    return target.node.rent(buffer_size(site.artifact.elf)) - held


def fill_buffer(site: Site, target: Target, progress: Progress) -> Pubkey:
    """Bring the buffer to hold exactly the artifact, whatever is there already, and give its address."""
    elf, me = site.artifact.elf, target.me
    buffer = buffer_address(me, site.artifact.name)
    if not usable(site, target):
        _make(site, target, buffer, progress)
    for _ in range(_ROUNDS):
        found = read_buffer(target.chain.account(buffer))
        if found is None or found.authority != me:
            raise DeployError(f"the buffer {buffer} of {site.artifact.name} is gone: run the command again")
        chunks = missing_chunks(elf, found.content, chunk_size(target.priority))
        if not chunks:
            return buffer
        upload(target.node.url, target.payer, buffer, chunks, target.priority, progress)
    raise DeployError(f"the buffer {buffer} of {site.artifact.name} does not hold what was written: try another --rpc")


def _make(site: Site, target: Target, buffer: Pubkey, progress: Progress) -> None:
    me, size = target.me, buffer_size(site.artifact.elf)
    held = site.buffer.lamports if site.buffer is not None else 0
    if is_in_the_way(site):
        found = read_buffer(site.buffer)
        if found is not None and found.authority != me:
            raise DeployError(
                f"the buffer {buffer} of {site.artifact.name} was handed to {found.authority}: have it upgrade the "
                "program with it or close it"
            )
        target.send([loader.close_buffer(buffer, me, me)])
        progress(1)
        held = 0
    target.send(
        [
            *create_seeded(me, buffer_seed(site.artifact.name), held, target.node.rent(size), size, UPGRADEABLE_LOADER),
            loader.initialize_buffer(buffer, me),
        ]
    )
    progress(1)
