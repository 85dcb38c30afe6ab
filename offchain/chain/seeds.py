"""The seeds of every program-derived address: the one file that knows them.

A template is a literal followed by the names of its variable parts. `tests/chain/test_seeds.py` compares each with the
`seeds=[...]` of the program sources. A part is a Pubkey (32 bytes) or an unsigned integer (8 bytes, little-endian),
as Seahorse encodes them.
"""

from solders.pubkey import Pubkey

Part = Pubkey | int
Template = tuple[str, ...]

CONFIG: Template = ("config",)
"""Every program's own configuration, and the authority with which it signs."""
PEER: Template = ("peer", "program")
"""Fingerprint of a program that the deriving program trusts; no account lives there."""
SCORING_PEERS: Template = ("peer", "premium_program", "pool_program")
"""Fingerprint of the two programs that the risk engine tells a score; no account lives there."""
RESOLVER: Template = ("resolver", "market_id")
"""Signs for the insurance pool in one market's forced resolutions and nowhere else; no account lives there."""
WRITER: Template = ("writer", "feed_id")
"""Signs for an oracle adapter in one feed; no account lives there. In the adapters' address space."""
RULES: Template = ("rules", "feed_id")
"""An oracle adapter's rules of one feed. In the adapters' address space."""

RISK_ENGINE: dict[str, Template] = {
    "config": CONFIG,
    "engine": ("engine", "program_id"),
    "feed": ("feed", "feed_id"),
    "market": ("market", "market_id"),
    "score": ("score", "market_id"),
    "inputs": ("inputs", "market_id"),
    "window": ("window", "market_id"),
}
PREMIUM_MANAGER: dict[str, Template] = {
    "config": CONFIG,
    "premium": ("premium", "market_id"),
    "escrow": ("escrow", "market_id"),
}
INSURANCE_POOL: dict[str, Template] = {
    "config": CONFIG,
    "pool": ("pool", "market_id"),
    "vault": ("vault", "market_id"),
    "position": ("position", "market_id", "provider", "entry_epoch"),
}
INSOLVENCY_HANDLER: dict[str, Template] = {
    "config": CONFIG,
    "registry": ("registry", "market_id"),
    "claim": ("claim", "market_id", "sequence"),
}
DEMO_MARKET: dict[str, Template] = {
    "config": CONFIG,
    "market": ("market", "creator", "index"),
    "vault": ("vault", "market"),
    "fees": ("fees", "market"),
    "position": ("position", "market", "owner", "nonce"),
    "trader": ("trader", "market", "owner"),
}

BY_PROGRAM: dict[str, dict[str, Template]] = {
    "risk_engine": RISK_ENGINE,
    "premium_manager": PREMIUM_MANAGER,
    "insurance_pool": INSURANCE_POOL,
    "insolvency_handler": INSOLVENCY_HANDLER,
    "demo_market": DEMO_MARKET,
}


def encode(template: Template, parts: tuple[Part, ...]) -> list[bytes]:
    """The seeds as bytes; ValueError when the number of parts or an integer's range is wrong."""
    literal, *names = template
    if len(parts) != len(names):
        raise ValueError(f"seeds {template} need {len(names)} parts, got {len(parts)}")
    return [literal.encode(), *map(_bytes, names, parts)]


def derive(program: Pubkey, template: Template, *parts: Part) -> Pubkey:
    """The program-derived address of these seeds."""
    return Pubkey.find_program_address(encode(template, parts), program)[0]


def _bytes(name: str, part: Part) -> bytes:
    if isinstance(part, Pubkey):
        return bytes(part)
    if not 0 <= part < 1 << 64:
        raise ValueError(f"{name} is an unsigned 64-bit number, not {part}")
    return part.to_bytes(8, "little")
