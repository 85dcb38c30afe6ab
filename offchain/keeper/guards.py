"""What must hold before a keeper signs anything: the right cluster, the right programs, a wallet that can pay."""

from collections.abc import Mapping

from solders.pubkey import Pubkey

from offchain.chain import tokens
from offchain.chain.addresses import PROGRAMS, Addresses
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.deploy.artifacts import artifacts_folder, read_artifacts
from offchain.deploy.loader_state import read_program, read_program_data
from offchain.errors import PercosecError
from offchain.keeper.income import SIGNATURE_FEE, rent
from offchain.keeper.wallet import Wallet
from offchain.settings.project import Project
from offchain.settings.safety import LOCALNET

HEAD = 12
"""Bytes of a program's data that hold its tag and the slot of its last upgrade."""


class GuardError(PercosecError):
    """The keeper does not start, and says why."""


async def check_cluster(chain: FailoverChain, project: Project, cluster: str) -> None:
    """The node must be one of the cluster named in the settings."""
    found = await chain.genesis_hash()
    wanted = project.cluster(cluster).genesis_hash
    if wanted and found != wanted:
        raise GuardError(f"the node is not one of {cluster}: its genesis hash is {found}, not {wanted}; check --rpc")
    others = [name for name, other in project.clusters.items() if other.genesis_hash == found and name != cluster]
    if others:
        raise GuardError(f"the node is one of {others[0]}, the settings say {cluster}: give --cluster {others[0]}")


async def check_programs(chain: FailoverChain, at: Addresses, project: Project, cluster: str) -> "ProgramWatch":
    """Every program that the keeper signs for must be, byte for byte, the cluster's build in this package."""
    built = {
        found.name: found.elf for found in read_artifacts(project, project.cluster(cluster), artifacts_folder(cluster))
    }
    names = list(at.deployed)
    found = dict(zip(names, await chain.accounts(list(at.deployed.values())), strict=True))
    missing = [name for name in PROGRAMS if found[name] is None]
    if missing:
        raise GuardError(f"{missing[0]} is not on this chain: deploy the programs first, or check --cluster and --rpc")
    places: dict[str, Pubkey] = {}
    for name, account in found.items():
        place = read_program(account)
        if place is not None:
            places[name] = place
        elif account is not None:
            raise GuardError(f"{at.deployed[name]} is no upgradeable program: check the addresses in seahorse.toml")
    data = await chain.accounts(list(places.values()))
    for name, account in zip(places, data, strict=True):
        code = read_program_data(account)
        expected = built.get(name)
        if code is None or expected is None or not code.holds(expected):
            slot = f" in slot {code.slot}" if code is not None else ""
            raise GuardError(
                f"{name} at {at.deployed[name]} is another program than this package was built for: it was upgraded"
                f"{slot} or was never ours. Update percosec, read what has changed, and check with `percosec doctor`"
            )
    return ProgramWatch(chain, places, [account.data[:HEAD] for account in data if account is not None])


class ProgramWatch:
    """Notices that a program was replaced while the keeper runs: whoever upgrades it could take what it signs for."""

    def __init__(self, chain: FailoverChain, places: Mapping[str, Pubkey], heads: list[bytes]) -> None:
        """`heads` are the first bytes of each program's data: its type, and the slot of its last upgrade."""
        self._chain = chain
        self._places = places
        self._heads = heads

    async def check(self) -> None:
        """GuardError when a program is no longer the one that was checked at the start."""
        _, accounts = await self._chain.accounts_in_slot(list(self._places.values()), HEAD)
        for name, account, head in zip(self._places, accounts, self._heads, strict=True):
            if account is None or account.data != head:
                raise GuardError(
                    f"{name} was upgraded while the keeper ran, so it has stopped: update percosec, read what has "
                    "changed, and start it again"
                )


def check_mint(risk: RiskConfig | None, project: Project, cluster: str) -> Pubkey:
    """The mint that the deployment pays in; beyond local chains it must be the cluster's USDC."""
    if risk is None:
        raise GuardError("the programs are not configured on this chain: deploy first, or check --cluster and --rpc")
    wanted = project.cluster(cluster).usdc_mint
    if cluster != LOCALNET and wanted and str(risk.mint) != wanted:
        raise GuardError(f"the deployment on {cluster} pays in {risk.mint}, not in USDC ({wanted}): don't work for it")
    return risk.mint


async def check_wallet(chain: FailoverChain, wallet: Wallet, dry_run: bool) -> bool:
    """The wallet must hold SOL. True when its USDC account has to be made first."""
    await wallet.look(chain)
    needed = SIGNATURE_FEE + (0 if wallet.has_token else SIGNATURE_FEE + rent(tokens.ACCOUNT_SIZE))
    if wallet.lamports < needed:
        held = "is empty" if wallet.lamports == 0 else f"holds only {wallet.lamports} lamports"
        raise GuardError(f"the wallet {wallet.key} {held}: send it some SOL (0.1 is enough to begin)")
    if wallet.has_token:
        return False
    if dry_run:
        raise GuardError(f"the wallet {wallet.key} has no USDC account: run once without --dry-run, which creates it")
    return True
