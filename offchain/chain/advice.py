"""What to do about each failure: one table of the programs' codes, and small ones for everything around them."""

ADVICE: dict[str, str] = {}
"""`E_CODE` -> a sentence. A test compares the codes with the asserts of the program sources, both ways."""

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
    0: ("ACCOUNT_EXISTS", "The account exists already: there is nothing to create."),
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
