"""What only the chain itself can tell: what vaults really hold, what wallets have left, whose programs run."""

import asyncio

import msgspec
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.api.context import ApiContext
from offchain.api.reading import reading
from offchain.api.rows import load_markets
from offchain.chain.accounts import decode
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.ledgers import market_ledger, pool_ledger
from offchain.chain.tokens import token_balance
from offchain.deploy.artifacts import artifacts_folder, read_artifacts
from offchain.deploy.loader_state import data_address, read_program_data
from offchain.monitoring.facts.wallets import watched_wallets

HEAD = 12
"""Bytes of a program's data that hold its tag and the slot of its last upgrade."""


class Vault(msgspec.Struct, frozen=True):
    """One token account of a market's, and the ledger it has to cover, read in one slot; atoms."""

    market: str
    kind: str
    """`pool`, `escrow`, `market` or `fees`."""
    address: str
    held: int
    owed: int


class Wallet(msgspec.Struct, frozen=True):
    """A keeper's wallet."""

    address: str
    lamports: int


class Deployed(msgspec.Struct, frozen=True):
    """One of our programs on the chain."""

    name: str
    address: str
    slot: int
    """Of its last upgrade; -1 where it is not there."""
    ours: bool
    """Byte for byte the build in this package."""


class ChainFacts(msgspec.Struct, frozen=True):
    """One look at the chain."""

    slot: int
    vaults: list[Vault]
    wallets: list[Wallet]
    programs: list[Deployed]


class ChainLook:
    """Looks at the chain again and again; a program's whole bytecode is read only when its slot has changed."""

    def __init__(self, context: ApiContext, chain: FailoverChain) -> None:
        """The chain stays open."""
        self._context = context
        self._chain = chain
        self._judged: dict[str, tuple[int, bool]] = {}

    async def look(self) -> ChainFacts:
        """One look; RpcError when no node answers."""
        places = await asyncio.to_thread(self._places)
        slot = await self._chain.slot()
        vaults = [vault for each in places for vault in await self._vaults(*each)]
        return ChainFacts(slot, vaults, await self._wallets(), await self._programs())

    def _places(self) -> list[tuple[str, list[str]]]:
        with reading(self._context) as view:
            return [
                (
                    market.id,
                    [
                        *(market.pool.address, market.pool.vault),
                        *(market.premium.address, market.premium.escrow),
                        *(market.perp.address, market.perp.vault, market.perp.fee_vault),
                    ],
                )
                for market in load_markets(view)
            ]

    async def _vaults(self, market: str, places: list[str]) -> list[Vault]:
        """All of one request, and so of one slot: a balance of another one proves nothing."""
        addresses = [Pubkey.from_string(place) for place in places]
        pool_account, vault, premium_account, escrow, perp_account, perp_vault, fees = await self._chain.accounts(
            addresses
        )
        found = []
        if pool_account is not None:
            owed = sum(pool_ledger(decode(InsurancePool, pool_account.data)).values())
            found.append(Vault(market, "pool", places[1], _held(vault, addresses[1]), owed))
        if premium_account is not None:
            owed = decode(PremiumAccount, premium_account.data).escrow_ledger
            found.append(Vault(market, "escrow", places[3], _held(escrow, addresses[3]), owed))
        if perp_account is not None:
            perp = decode(PerpMarket, perp_account.data)
            owed = sum(market_ledger(perp).values())
            found.append(Vault(market, "market", places[5], _held(perp_vault, addresses[5]), owed))
            found.append(Vault(market, "fees", places[6], _held(fees, addresses[6]), perp.fees_due))
        return found

    async def _wallets(self) -> list[Wallet]:
        watched = await asyncio.to_thread(watched_wallets, self._context)
        accounts = await self._chain.accounts([Pubkey.from_string(wallet) for wallet in watched])
        return [
            Wallet(wallet, account.lamports if account else 0)
            for wallet, account in zip(watched, accounts, strict=True)
        ]

    async def _programs(self) -> list[Deployed]:
        names = list(self._context.at.deployed)
        places = [data_address(self._context.at.deployed[name]) for name in names]
        _, heads = await self._chain.accounts_in_slot(places, HEAD)
        found = []
        for name, place, head in zip(names, places, heads, strict=True):
            slot = int.from_bytes(head.data[4:HEAD], "little") if head is not None else -1
            if self._judged.get(name, (None, False))[0] != slot:
                self._judged[name] = (slot, await self._is_ours(name, place))
            found.append(Deployed(name, str(self._context.at.deployed[name]), slot, self._judged[name][1]))
        return found

    async def _is_ours(self, name: str, place: Pubkey) -> bool:
        cluster = self._context.settings.cluster
        project = self._context.project
        built = await asyncio.to_thread(read_artifacts, project, project.cluster(cluster), artifacts_folder(cluster))
        elf = next((found.elf for found in built if found.name == name), None)
        code = read_program_data(await self._chain.account(place))
        return elf is not None and code is not None and code.holds(elf)


def _held(account: Account | None, address: Pubkey) -> int:
    """A vault that is not there yet holds nothing."""
    return token_balance(account, address).amount if account is not None else 0
