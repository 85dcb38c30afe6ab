"""Numbers of Solana's runtime that the local chain enforces."""

MAX_TRANSACTION_BYTES = 1232
"""Largest serialised transaction: one UDP packet of 1 280 bytes less its headers."""

MAX_ACCOUNT_LOCKS = 128
"""Most accounts one transaction may load, lookup tables included."""

MAX_BLOCKHASH_AGE = 150
"""Blocks after which a blockhash is no longer accepted."""

SLOT_MILLISECONDS = 400
"""Length of a slot by the clock."""

SLOTS_PER_EPOCH = 432_000

LAMPORTS_PER_SIGNATURE = 5_000

MAX_COMPUTE_UNITS = 1_400_000
"""Most compute units one transaction may ask for."""

DEFAULT_UNITS_PER_INSTRUCTION = 200_000
"""Compute units an instruction of a deployed program gets when the transaction asks for no limit."""

BUILTIN_UNITS_PER_INSTRUCTION = 3_000
"""The same for an instruction of a program that is part of the runtime (SIMD-170)."""

MICRO_LAMPORTS = 1_000_000

RENT_EXEMPT_EPOCH = (1 << 64) - 1
"""`rent_epoch` of an account that pays no rent: every account a validator accepts today."""
