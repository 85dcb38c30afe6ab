"""Every address of the protocol, typed and cached: program ids from `seahorse.toml`, the rest derived from seeds."""

from functools import cache, cached_property

from solders.pubkey import Pubkey

from offchain.chain import seeds
from offchain.settings.project import adapter_name, load_project
from offchain.settings.table import SettingsError

PROGRAMS = ("risk_engine", "premium_manager", "insurance_pool", "insolvency_handler", "demo_market")

TOKEN_PROGRAM = Pubkey.from_string("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA")
SYSTEM_PROGRAM = Pubkey.from_string("11111111111111111111111111111111")
ASSOCIATED_PROGRAM = Pubkey.from_string("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL")
COMPUTE_BUDGET = Pubkey.from_string("ComputeBudget111111111111111111111111111111")
NATIVE_PROGRAMS = frozenset({TOKEN_PROGRAM, SYSTEM_PROGRAM, ASSOCIATED_PROGRAM, COMPUTE_BUDGET})
UPGRADEABLE_LOADER = Pubkey.from_string("BPFLoaderUpgradeab1e11111111111111111111111")


class MarketAddresses:
    """Everything that belongs to one market, by its `market_id` (the address of the market's own account)."""

    def __init__(self, addresses: "Addresses", market_id: Pubkey) -> None:
        self.market_id = market_id
        self._at = addresses
        self._derived: dict[tuple[object, ...], Pubkey] = {}

    @cached_property
    def config(self) -> Pubkey:
        """risk_engine MarketConfig."""
        return self._at.derive("risk_engine", "market", self.market_id)

    @cached_property
    def score(self) -> Pubkey:
        """risk_engine RiskScore."""
        return self._at.derive("risk_engine", "score", self.market_id)

    @cached_property
    def inputs(self) -> Pubkey:
        """risk_engine MarketInputs."""
        return self._at.derive("risk_engine", "inputs", self.market_id)

    @cached_property
    def window(self) -> Pubkey:
        """risk_engine RiskWindow."""
        return self._at.derive("risk_engine", "window", self.market_id)

    @cached_property
    def premium(self) -> Pubkey:
        """premium_manager PremiumAccount."""
        return self._at.derive("premium_manager", "premium", self.market_id)

    @cached_property
    def escrow(self) -> Pubkey:
        """premium_manager's USDC account of this market."""
        return self._at.derive("premium_manager", "escrow", self.market_id)

    @cached_property
    def pool(self) -> Pubkey:
        """insurance_pool InsurancePool."""
        return self._at.derive("insurance_pool", "pool", self.market_id)

    @cached_property
    def pool_vault(self) -> Pubkey:
        """insurance_pool's USDC account of this market."""
        return self._at.derive("insurance_pool", "vault", self.market_id)

    @cached_property
    def resolver(self) -> Pubkey:
        """The signature of insurance_pool in a forced resolution; no account lives there."""
        return seeds.derive(self._at.insurance_pool, seeds.RESOLVER, self.market_id)

    @cached_property
    def registry(self) -> Pubkey:
        """insolvency_handler ClaimRegistry."""
        return self._at.derive("insolvency_handler", "registry", self.market_id)

    @cached_property
    def vault(self) -> Pubkey:
        """The demo market's own USDC account."""
        return self._at.derive("demo_market", "vault", self.market_id)

    @cached_property
    def fee_vault(self) -> Pubkey:
        """The demo market's USDC account for trading fees."""
        return self._at.derive("demo_market", "fees", self.market_id)

    def claim(self, sequence: int) -> Pubkey:
        """insolvency_handler ClaimRecord; sequences start at 1."""
        return self._cached("insolvency_handler", "claim", sequence)

    def provider_position(self, provider: Pubkey, entry_epoch: int) -> Pubkey:
        """insurance_pool ProviderPosition of one provider and the epoch of its deposit."""
        return self._cached("insurance_pool", "position", provider, entry_epoch)

    def trader(self, owner: Pubkey) -> Pubkey:
        """demo_market TraderAccount."""
        return self._cached("demo_market", "trader", owner)

    def perp_position(self, owner: Pubkey, nonce: int) -> Pubkey:
        """demo_market PerpPosition; the trader chooses the nonce."""
        return self._cached("demo_market", "position", owner, nonce)

    def _cached(self, program: str, name: str, *parts: seeds.Part) -> Pubkey:
        key = (program, name, *parts)
        found = self._derived.get(key)
        if found is None:
            found = self._derived[key] = self._at.derive(program, name, self.market_id, *parts)
        return found


class Addresses:
    """The programs of one cluster and everything derived from them."""

    def __init__(self, programs: dict[str, Pubkey], adapters: dict[str, Pubkey] | None = None) -> None:
        """`programs` holds an id for each name in `PROGRAMS`, `adapters` one for each oracle that has an adapter."""
        self.programs = programs
        self.adapters = adapters or {}
        self.risk_engine = programs["risk_engine"]
        self.premium_manager = programs["premium_manager"]
        self.insurance_pool = programs["insurance_pool"]
        self.insolvency_handler = programs["insolvency_handler"]
        self.demo_market = programs["demo_market"]
        self.risk_config = self.derive("risk_engine", "config")
        self.premium_config = self.derive("premium_manager", "config")
        self.pool_config = self.derive("insurance_pool", "config")
        self.handler_config = self.derive("insolvency_handler", "config")
        self.demo_config = self.derive("demo_market", "config")
        self._markets: dict[Pubkey, MarketAddresses] = {}

    def derive(self, program: str, name: str, *parts: seeds.Part) -> Pubkey:
        """Any address by the name of its template in `offchain.chain.seeds` (not cached)."""
        return seeds.derive(self.programs[program], seeds.BY_PROGRAM[program][name], *parts)

    def market(self, market_id: Pubkey) -> MarketAddresses:
        """The addresses that belong to a market."""
        found = self._markets.get(market_id)
        if found is None:
            found = self._markets[market_id] = MarketAddresses(self, market_id)
        return found

    def market_id(self, creator: Pubkey, index: int) -> Pubkey:
        """The demo market's account of a creator's market number `index`."""
        return self.derive("demo_market", "market", creator, index)

    def engine(self, program: Pubkey) -> Pubkey:
        """risk_engine AllowedEngine of a perp program."""
        return self.derive("risk_engine", "engine", program)

    def feed(self, feed_id: Pubkey) -> Pubkey:
        """risk_engine PriceFeed."""
        return self.derive("risk_engine", "feed", feed_id)

    @cached_property
    def deployed(self) -> dict[str, Pubkey]:
        """Name -> id of every program and adapter."""
        return self.programs | {adapter_name(oracle): key for oracle, key in self.adapters.items()}

    def adapter(self, oracle: str) -> Pubkey:
        """The adapter program that reads an oracle, `pyth` or `switchboard`; SettingsError where there is none."""
        if oracle not in self.adapters:
            raise SettingsError(f"no adapter for {oracle} on this cluster: set its address in seahorse.toml")
        return self.adapters[oracle]

    def feed_writer(self, oracle: str, feed_id: Pubkey) -> Pubkey:
        """The address with which an adapter signs for a feed; no account lives there."""
        return seeds.derive(self.adapter(oracle), seeds.WRITER, feed_id)

    def feed_rules(self, oracle: str, feed_id: Pubkey) -> Pubkey:
        """What the admin decided about a feed of an adapter."""
        return seeds.derive(self.adapter(oracle), seeds.RULES, feed_id)

    def fingerprint(self, storing: str, trusted: Pubkey) -> Pubkey:
        """The fingerprint of `trusted` as the program named `storing` keeps it."""
        return seeds.derive(self.programs[storing], seeds.PEER, trusted)

    def name_of(self, program: Pubkey) -> str | None:
        """The name of one of our programs, None for any other."""
        return next((name for name, key in self.deployed.items() if key == program), None)


@cache
def addresses(cluster: str = "localnet") -> Addresses:
    """The addresses on a cluster of `seahorse.toml`; SettingsError where a program is not deployed."""
    project = load_project()
    adapters = {
        oracle: Pubkey.from_string(address) for oracle, address in project.cluster(cluster).adapters.items() if address
    }
    return Addresses({name: Pubkey.from_string(project.program_id(name, cluster)) for name in PROGRAMS}, adapters)


LOCALNET = addresses()
