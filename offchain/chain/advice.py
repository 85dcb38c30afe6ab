"""What to do about each failure: one table of the programs' codes, and small ones for everything around them."""

ADVICE: dict[str, str] = {
    "E_ADMIN": "Sign with the admin of that program; its config account names it.",
    "E_ALIAS": "The same account was handed over in two places: use two different ones.",
    "E_AMOUNT": "Choose an amount above zero and within what the account holds.",
    "E_AUTHORITY": "Sign with the key this account belongs to; some instructions only another program may call.",
    "E_BOUNDS": "Choose a value within the bounds of seahorse.toml.",
    "E_CHANGED": "The oracle's owner redefined the feed: the admin looks at it and sets its rules again.",
    "E_CONFIDENCE": "The source is too unsure of its price: wait for its next one.",
    "E_COUNTER": "The market reported less than before: its program is faulty, report it.",
    "E_DEPTH": "Trade a notional of at most the market's depth, or split the order.",
    "E_DEV_ONLY": "Use an oracle adapter (source 1 or 2): publishers exist on development chains only.",
    "E_DIVERGENCE": "Two oracles disagree by more than 2 %: look at both before anything else.",
    "E_EARLY": "It is done already or not due yet: read the epoch on the chain and come back in the next one.",
    "E_ENGINE": "Only a market whose address derives from the listed program can register.",
    "E_EPOCH": "Read the current epoch from the chain's clock and build the transaction again.",
    "E_EXPONENT": "Prices with so many digits are not taken: choose another feed of the oracle.",
    "E_FEED": "Hand over the oracle's account of this feed; the instruction builders say which.",
    "E_GENERATION": "The pool was wiped out after this deposit, so its shares are worth nothing; deposit anew.",
    "E_GUARDIAN": "Sign with the guardian; the program's config account names it.",
    "E_HEALTHY": "The position holds its margin: nothing to do.",
    "E_LAYOUT": "Hand over a Pyth price update or a Switchboard pull feed of the present layout.",
    "E_LEVERAGE": "Add margin or reduce the size: the market's leverage cap follows its risk grade.",
    "E_MINT": "Use token accounts of the USDC mint in the program's config.",
    "E_BALANCE": "The token account holds less than the amount: fund it or choose a smaller amount.",
    "E_MIN_DEPOSIT": "Deposit at least 10 USDC.",
    "E_MIN_MARGIN": "Put in at least 20 USDC of margin.",
    "E_NOTICE": "The capital stays at risk until the notice is over: try again then.",
    "E_NOT_EXTREME": "Liquidate the position in the ordinary way.",
    "E_OI_CAP": "Trade less, or wait for deposits: open interest is bounded by the pool that covers it.",
    "E_OPEN_INTEREST": "Wait until every position is closed.",
    "E_ORACLE": "Only accounts that the oracle's own program wrote count: check the address.",
    "E_OVERRIDE": "Somebody could write any price into this feed: choose one whose owner cannot.",
    "E_PAUSED": "The guardian's stop ends by itself after at most 72 hours.",
    "E_PRICE": "The source gave an impossible price: check the feed.",
    "E_PRICE_AHEAD": "The source's clock is ahead of the chain's: try again in a moment.",
    "E_PRICE_OLD": "The feed has this price or a newer one already: nothing to do.",
    "E_PRICE_STALE": "Push a fresh price, synchronise the market, and try again.",
    "E_PROGRAM": "Hand over the program of this deployment; the instruction builders fill it in.",
    "E_PROVISIONAL": "The last price was a large step: wait at least a minute for one that confirms it.",
    "E_RELATION": "The accounts belong to different markets or owners; the instruction builders fill them in.",
    "E_REQUEST": "One request at a time: look at the position's request first.",
    "E_RESTRICTED": "Only orders that reduce a position are taken now; the market's reasons say why.",
    "E_RULES": "The admin accepts a Switchboard feed with set_rules before its first price.",
    "E_SAMPLES": "Ask for an update that more of the oracle's nodes sign, or for lower min_samples, at least 2.",
    "E_SECOND": "Add the account of the second opinion; the feed's rules name it.",
    "E_SEQUENCE": "Read next_sequence of the claim registry and build the transaction again.",
    "E_SLIPPAGE": "The result is worse than your limit: loosen it or try again later.",
    "E_STALE": "Crank the market's epoch first (statistics, reserve, score), then try again.",
    "E_STATE": "The account is not in the state for this step: look at it, and do the steps in their order.",
    "E_STATISTICS": "Send push_statistics first, in the same transaction or before.",
    "E_SYNC_STALE": "Send sync_market first, in the same transaction or less than a minute before.",
    "E_UNDERWATER": "The loss exceeds the margin: the position can only be liquidated.",
    "E_UNVERIFIED": "Post the update with all of the guardians' signatures.",
    "E_UTILIZATION": "The open interest needs the pool: try again later; after a week the market is restricted.",
    "E_VAULT": "Hand over the vault of this market; the instruction builders fill it in.",
}
"""`E_CODE` -> a sentence. A test compares the codes with the refusals of the program sources, both ways."""

Table = dict[int, tuple[str, str]]

ANCHOR: Table = {
    2000: (
        "ACCOUNT_READ_ONLY",
        "The runtime made a key read-only: send it through offchain.chain.transactions, which adds the loader key.",
    ),
    2006: ("ACCOUNT_SEEDS", "An account has the wrong address: let the instruction builders fill it in."),
    2014: ("TOKEN_MINT", "A token account has another mint: use one of the USDC mint of this deployment."),
    2015: ("TOKEN_OWNER", "A token account has another owner: use one that the signer owns."),
    3001: ("ACCOUNT_EMPTY", "An account holds no data of ours: create it first."),
    3002: ("ACCOUNT_TYPE", "An account is of another type: check which address goes where."),
    3007: ("ACCOUNT_OWNER", "An account belongs to another program: check which address goes where."),
    3008: (
        "PROGRAM_ID",
        "An account that should be a certain program is another one: check the cluster's program ids.",
    ),
    3009: ("PROGRAM_ID", "An account that should be a program is none: check the cluster's program ids."),
    3010: ("NOT_SIGNED", "An account must sign: add its key to the signers."),
    3012: ("ACCOUNT_MISSING", "An account does not exist yet: create it first."),
}
"""Anchor's error number -> our code and the advice."""

TOKEN: Table = {
    0: ("TOKEN_RENT", "A token account lacks the lamports for its rent: send it some SOL."),
    1: ("TOKEN_FUNDS", "The token account holds less than the amount: fund it or choose a smaller amount."),
    3: ("TOKEN_MINT", "A token account has another mint: use one of the USDC mint of this deployment."),
    4: ("TOKEN_OWNER", "The signer does not own the token account: sign with its owner."),
    17: ("TOKEN_FROZEN", "The token account is frozen by the mint's issuer."),
}
"""The SPL token program's custom errors."""

SYSTEM: Table = {
    0: (
        "ACCOUNT_EXISTS",
        "The account exists already: use it, or take another number (index, nonce, sequence, epoch).",
    ),
    1: ("LAMPORTS", "The payer holds too little SOL for the rent: fund it."),
}
"""The system program's custom errors."""

PANICS: dict[str, tuple[str, str]] = {
    "attempt to add with overflow": ("OVERFLOW", "A number became too large: choose smaller amounts."),
    "attempt to subtract with overflow": ("OVERFLOW", "A number would become negative: choose a smaller amount."),
    "attempt to multiply with overflow": ("OVERFLOW", "A number became too large: choose smaller amounts."),
    "attempt to divide by zero": ("OVERFLOW", "The program divided by zero: report this, with the transaction."),
    "called `Result::unwrap()` on an `Err`": ("OVERFLOW", "A number does not fit its field: choose smaller amounts."),
    "called `Option::unwrap()` on a `None`": ("OVERFLOW", "A number does not fit its field: choose smaller amounts."),
}
"""Words of a Rust panic that is no assert of ours -> our code and the advice."""

RUNTIME: dict[str, tuple[str, str]] = {
    "InvalidAccountData": ("ACCOUNT_TYPE", "An account is of another type: check which address goes where."),
    "UninitializedAccount": ("ACCOUNT_MISSING", "An account does not exist yet: create it first."),
    "ComputationalBudgetExceeded": ("UNITS", "The transaction needs more compute units: raise its limit."),
    "exceeded CUs meter": ("UNITS", "The transaction needs more compute units: raise its limit."),
    "BlockhashNotFound": ("EXPIRED", "The transaction is too old: build and sign it again."),
    "AlreadyProcessed": ("REPEATED", "This very transaction has landed already: there is nothing to send."),
    "SignatureFailure": (
        "NOT_SIGNED",
        "A signature is missing or wrong: sign with every key the instructions ask for.",
    ),
    "AccountNotFound": ("LAMPORTS", "The fee payer has no SOL: fund it."),
    "InsufficientFundsForFee": ("LAMPORTS", "The fee payer holds too little SOL: fund it."),
    "InsufficientFundsForRent": ("LAMPORTS", "An account would fall below its rent: fund it."),
    "ProgramAccountNotFound": (
        "PROGRAM_ID",
        "A program is not on this chain: deploy it, or check the cluster's program ids.",
    ),
    "MissingRequiredSignature": (
        "NOT_SIGNED",
        "A required signature is missing: sign with every key the instructions ask for.",
    ),
    "PrivilegeEscalation": ("NOT_SIGNED", "A program asked for a signature or a write that nobody granted."),
    "TooManyAccountLocks": ("TOO_LARGE", "The transaction names too many accounts: split it."),
}
"""Part of the runtime's own name of a failure -> our code and the advice."""

HELP: dict[str, str] = {
    code: text for table in (ANCHOR, TOKEN, SYSTEM, PANICS, RUNTIME) for code, text in reversed(list(table.values()))
}
"""The advice for each of our own codes."""
