"""One covered market: configured programs, a pool and a registry with terms, and users with money."""

from dataclasses import dataclass
from typing import Any

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, TOKEN_PROGRAM, MarketAddresses
from offchain.chain.events import Event
from offchain.chain.generated.insolvency_handler import instructions as handler_raw
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord, ClaimRegistry
from offchain.chain.generated.insurance_pool import instructions as pool_raw
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, PoolConfig, ProviderPosition
from offchain.chain.generated.premium_manager import instructions as premium_raw
from offchain.chain.generated.risk_engine import instructions as risk_raw
from offchain.chain.instructions import demo_market as demo_ix
from offchain.chain.instructions import insolvency_handler as handler_ix
from offchain.chain.instructions import insurance_pool as pool_ix
from offchain.chain.instructions import premium_manager as premium_ix
from offchain.chain.instructions import risk_engine as risk_ix
from tests.programs.bench.machine import EPOCH, GENESIS, USDC, Machine

LOCK, NOTICE, FEE_BPS, THRESHOLD = 1344, 96, 500, 1_000 * USDC
RAW: dict[str, Any] = {
    "insurance_pool": pool_raw,
    "insolvency_handler": handler_raw,
    "premium_manager": premium_raw,
    "risk_engine": risk_raw,
}


@dataclass(frozen=True)
class Provider:
    """Somebody with a USDC account."""

    key: Pubkey
    tokens: Pubkey


class Cover(Machine):
    """A machine whose configs exist; `market` is the covered one, opened and with terms unless asked otherwise."""

    def __init__(self, *, configured: bool = True, opened: bool = True, terms: bool = True) -> None:
        super().__init__()
        self.guardian, self.treasury, self.creator = self.wallet(), self.wallet(), self.wallet()
        self.market = LOCALNET.market_id(self.creator, 1)
        self.at = LOCALNET.market(self.market)
        if configured:
            self.configure()
        if configured and opened:
            self.open_market(1)
            self.open_peers(self.at)
        if configured and opened and terms:
            self.set_pool_terms()
            self.set_handler_terms()
            self.set_risk()

    # Set-up

    def configure(self) -> None:
        """The five configs."""
        self.send(risk_ix.init_config(self.admin, self.mint, self.guardian, GENESIS, EPOCH))
        self.send(premium_ix.init_config(self.admin, self.mint, self.guardian))
        self.send(pool_ix.init_config(self.admin, self.mint, self.guardian, self.treasury))
        self.send(handler_ix.init_config(self.admin, self.guardian))
        self.send(demo_ix.init_config(self.admin, self.mint))

    def open_market(self, index: int) -> MarketAddresses:
        """A market of the creator with its vault."""
        market = LOCALNET.market_id(self.creator, index)
        self.send(demo_ix.create_market(self.creator, index, 1_000_000 * USDC, 10, 250, 50))
        self.send(demo_ix.open_vault(self.creator, market, self.mint))
        return LOCALNET.market(market)

    def open_peers(self, at: MarketAddresses) -> None:
        """What the protocol programs hold for a market, still blank."""
        self.send(pool_ix.open_pool(self.payer, at.market_id))
        self.send(pool_ix.open_vault(self.payer, at.market_id, self.mint))
        self.send(handler_ix.open_registry(self.payer, at.market_id))
        self.send(risk_ix.open_inputs(self.payer, at.market_id))
        self.send(premium_ix.open_premium(self.payer, at.market_id))
        self.send(premium_ix.open_escrow(self.payer, at.market_id, self.mint))

    def set_pool_terms(self, at: MarketAddresses | None = None, **changed: int) -> list[Event]:
        """The pool's terms, pushed by the risk engine's authority."""
        terms = {
            "genesis": GENESIS,
            "epoch_seconds": EPOCH,
            "lock": LOCK,
            "notice": NOTICE,
            "performance_fee_bps": FEE_BPS,
        }
        at = at or self.at
        return self.pool("set_terms", terms | changed, pool=at.pool, market_vault=at.vault)

    def set_handler_terms(self, at: MarketAddresses | None = None) -> list[Event]:
        """The registry's terms, pushed by the risk engine's authority."""
        terms = {"threshold": THRESHOLD, "genesis": GENESIS, "epoch_seconds": EPOCH}
        return self.handler("set_terms", terms, registry=(at or self.at).registry)

    def set_risk(
        self, required: int = 0, open_interest: int = 0, epoch: int | None = None, reasons: int = 0
    ) -> list[Event]:
        """A score of the current epoch, pushed by the risk engine's authority."""
        args = {
            "epoch": self.epoch if epoch is None else epoch,
            "required_reserve": required,
            "open_interest_now": open_interest,
            "reasons": reasons,
        }
        return self.pool("set_risk", args)

    # Calls

    def pool(self, name: str, args: dict[str, Any] | None = None, **accounts: Pubkey) -> list[Event]:
        """An instruction of the insurance pool; accounts not named are those of the market."""
        return self.send(self.build("insurance_pool", name, args, **accounts))

    def handler(self, name: str, args: dict[str, Any] | None = None, **accounts: Pubkey) -> list[Event]:
        """An instruction of the insolvency handler."""
        return self.send(self.build("insolvency_handler", name, args, **accounts))

    def build(self, program: str, name: str, args: dict[str, Any] | None = None, **accounts: Pubkey) -> Instruction:
        """An instruction with the usual accounts where none are given."""
        kind = getattr(RAW[program], "".join(word.title() for word in name.split("_")) + "Accounts")
        given = {key: accounts.get(key) or self._usual(program, name, key) for key in kind.__annotations__}
        method = getattr(RAW[program], name)
        built: Instruction = method(given) if args is None else method(args, given)
        return built

    def _usual(self, program: str, instruction: str, name: str) -> Pubkey:
        at = self.at
        usual = {
            "payer": self.payer,
            "caller": self.payer,
            "keeper": self.payer,
            "mint": self.mint,
            "config": LOCALNET.pool_config if program == "insurance_pool" else LOCALNET.handler_config,
            "pool": at.pool,
            "vault": at.pool_vault,
            "pool_vault": at.pool_vault,
            "pool_config": LOCALNET.pool_config,
            "pool_authority": LOCALNET.pool_config,
            "pool_program": LOCALNET.insurance_pool,
            "registry": at.registry,
            "handler": LOCALNET.handler_config,
            "handler_config": LOCALNET.handler_config,
            "handler_program": LOCALNET.insolvency_handler,
            "risk": LOCALNET.risk_config,
            "risk_config": LOCALNET.risk_config,
            "risk_program": LOCALNET.risk_engine,
            "inputs": at.inputs,
            "premium": LOCALNET.premium_config if instruction == "credit_premium" else at.premium,
            "premium_config": LOCALNET.premium_config,
            "premium_program": LOCALNET.premium_manager,
            "escrow": at.escrow,
            "market": self.market,
            "resolver": at.resolver,
            "market_vault": at.vault,
            "market_program": LOCALNET.demo_market,
            "engine_program": LOCALNET.demo_market,
            "creator": self.creator,
            "guardian": self.guardian,
            "treasury": self.treasury,
            "token": TOKEN_PROGRAM,
        }
        return usual[name]

    # People and what they do

    def provider(self, amount: int = 1_000_000 * USDC) -> Provider:
        """A new provider with money."""
        key = self.wallet()
        return Provider(key, self.tokens(key, amount))

    def deposit(self, who: Provider, amount: int, min_shares: int = 0, **accounts: Pubkey) -> list[Event]:
        """A deposit in the current epoch."""
        args = {"amount": amount, "min_shares": min_shares, "entry_epoch": self.epoch}
        position = self.at.provider_position(who.key, self.epoch)
        return self.pool(
            "deposit", args, **({"provider": who.key, "source": who.tokens, "position": position} | accounts)
        )

    def stake(self, amount: int) -> None:
        """First-loss money of the creator."""
        self.pool("fund_first_loss", {"amount": amount}, source=self.tokens(self.creator, amount))

    def premium(self, amount: int, arrears: int = 0, acknowledged: int = 0) -> list[Event]:
        """A premium, credited by the premium manager's authority out of money that it holds."""
        args = {"amount": amount, "epoch": self.epoch, "arrears": arrears, "acknowledged": acknowledged}
        return self.pool("credit_premium", args, escrow=self.tokens(LOCALNET.premium_config, amount))

    def payout(self, claimable: int, sequence: int = 1) -> list[Event]:
        """A claim, booked by the handler's authority."""
        return self.pool("request_payout", {"sequence": sequence, "claimable": claimable})

    def report(self, counter: int, margin: int = 0, fund: int = 0, profit: int = 0, **accounts: Pubkey) -> list[Event]:
        """A deficit, reported by the market's own signature for the next claim record."""
        args = {"counter": counter, "margin_total": margin, "fund_total": fund, "unvested_profit": profit}
        usual = {"executor": self.payer, "claim": self.at.claim(self.registry_state.next_sequence)}
        return self.handler("report_deficit", args, **(usual | accounts))

    def open_claim(self, sequence: int | None = None) -> list[Event]:
        """The record of the next claim."""
        wanted = self.registry_state.next_sequence if sequence is None else sequence
        return self.handler("open_claim", {"sequence": wanted}, claim=self.at.claim(wanted))

    def release(self, sequence: int | None = None, **accounts: Pubkey) -> list[Event]:
        """Pay the reserved claim and complete its record."""
        claim = self.at.claim(self.registry_state.next_sequence if sequence is None else sequence)
        return self.pool("release_funds", **({"claim": claim} | accounts))

    def release_by_hand(self) -> None:
        """The pool as after a release, where a claim without record and market is enough."""
        paid = self.pool_state.reserved
        self.change_pool(
            **{field.name: 0 for field in InsurancePool.layout.subcons if field.name.startswith("reserved")}
        )
        vault = self.balance(self.at.pool_vault) - paid
        self.store.put(self.at.pool_vault, self.store.get(self.tokens(self.at.pool, vault)))

    # State

    @property
    def pool_state(self) -> InsurancePool:
        """The pool as it is now."""
        return self.read(InsurancePool, LOCALNET.insurance_pool, self.at.pool)

    @property
    def pool_config(self) -> PoolConfig:
        """The pool program's config."""
        return self.read(PoolConfig, LOCALNET.insurance_pool, LOCALNET.pool_config)

    @property
    def registry_state(self) -> ClaimRegistry:
        """The registry as it is now."""
        return self.read(ClaimRegistry, LOCALNET.insolvency_handler, self.at.registry)

    def claim_state(self, sequence: int = 1) -> ClaimRecord:
        """A claim record as it is now."""
        return self.read(ClaimRecord, LOCALNET.insolvency_handler, self.at.claim(sequence))

    def position_state(self, who: Provider, entry_epoch: int = 100) -> ProviderPosition:
        """A position as it is now."""
        return self.read(ProviderPosition, LOCALNET.insurance_pool, self.at.provider_position(who.key, entry_epoch))

    def change_pool(self, **fields: Any) -> None:
        """Write fields of the pool past the program."""
        self.change(InsurancePool, LOCALNET.insurance_pool, self.at.pool, **fields)
