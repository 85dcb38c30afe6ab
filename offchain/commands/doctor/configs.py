"""The programs' configs: there, of this deployment, and naming each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from solders.pubkey import Pubkey

from offchain import words
from offchain.chain.generated.demo_market.accounts import DemoConfig
from offchain.chain.generated.insolvency_handler.accounts import HandlerConfig
from offchain.chain.generated.insurance_pool.accounts import PoolConfig
from offchain.chain.generated.premium_manager.accounts import PremiumConfig
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.commands.context import Context
from offchain.commands.doctor.finding import Finding, fail, ok, warn
from offchain.commands.state import read_if_there
from offchain.settings.safety import LOCALNET


@dataclass(frozen=True)
class Expected:
    """One config: its program, its type, and the peers it must name (field -> program)."""

    program: str
    kind: type[Any]
    peers: dict[str, str]


CONFIGS = (
    Expected(
        "risk_engine",
        RiskConfig,
        {
            "premium_program": "premium_manager",
            "pool_program": "insurance_pool",
            "handler_program": "insolvency_handler",
        },
    ),
    Expected("premium_manager", PremiumConfig, {"risk_program": "risk_engine", "pool_program": "insurance_pool"}),
    Expected("insurance_pool", PoolConfig, {"risk_program": "risk_engine", "premium_program": "premium_manager"}),
    Expected("insolvency_handler", HandlerConfig, {"pool_program": "insurance_pool"}),
    Expected(
        "demo_market",
        DemoConfig,
        {"risk_program": "risk_engine", "handler_program": "insolvency_handler", "pool_program": "insurance_pool"},
    ),
)


def check_configs(context: Context) -> Iterator[Finding]:
    """One line for each config."""
    now = context.chain().now()
    for expected in CONFIGS:
        config = read_if_there(context, expected.kind, context.at.derive(expected.program, "config"))
        if config is None:
            yield fail("configs", f"{expected.program} is not configured", "run percosec deploy")
        else:
            yield _check(context, expected, config, now)


def _check(context: Context, expected: Expected, config: Any, now: int) -> Finding:
    name = expected.program
    for field, peer in expected.peers.items():
        program = context.at.programs[peer]
        expected_fp = context.at.fingerprint(name, program)
        # Where a program is never handed over, its config holds no fingerprint of it.
        fingerprint = getattr(config, field.replace("_program", "_fp"), expected_fp)
        if getattr(config, field) != program or fingerprint != expected_fp:
            text = f"{name} trusts another {peer} ({getattr(config, field)})"
            return fail("configs", text, "this is not the deployment of seahorse.toml: check --cluster")
    if getattr(config, "dev", False) and context.settings.cluster != LOCALNET:
        return fail("configs", f"{name} is a development build", "never put money into it: deploy a release build")
    if getattr(config, "paused_until", 0) > now:
        text = f"{name} is stopped by the guardian until {words.date(config.paused_until)}"
        return warn("configs", text, "wait: the stop ends by itself")
    return _roles(context, name, config)


def _roles(context: Context, name: str, config: Any) -> Finding:
    """Who holds the powers, beside what seahorse.toml says."""
    different = []
    for chain_field, file_field in (("admin", "admin"), ("guardian", "guardian"), ("mint", "usdc_mint")):
        found = getattr(config, chain_field, None)
        wanted = getattr(context.cluster, file_field)
        if isinstance(found, Pubkey) and wanted and str(found) != wanted:
            different.append(f"{chain_field} is {found}")
    if different:
        text = f"{name}: {', '.join(different)}, other than in seahorse.toml"
        return warn("configs", text, "correct seahorse.toml, if that is meant to be so")
    return ok("configs", f"{name} is configured and names its peers; admin {config.admin}")
