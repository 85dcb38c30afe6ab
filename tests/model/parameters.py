"""The twin's own copy of the protocol's numbers, taken from its description and not from the project file."""

ONE = 1_000_000
"""1.0 as a score or factor."""
BPS = 10_000
"""100 % in basis points; also 1x leverage."""

# Time. "for at most 72 h", "can't be repeated for 30 days", "after 7 days"
EPOCH_SECONDS = 15 * 60
EPOCHS_PER_DAY = 4 * 24
EPOCHS_PER_YEAR = 365 * EPOCHS_PER_DAY
STALE_EPOCHS = 2
CHANGE_EPOCHS = 7 * EPOCHS_PER_DAY
PAUSE_SECONDS = 72 * 3600
PAUSE_COOLDOWN = 30 * 24 * 3600

# Terms of a market. "lock 7-30 days, default 14", "notice, default 96 epochs, bounded 4..672", "fee 5-10 %, default 5"
LOCK_MIN = 7 * EPOCHS_PER_DAY
LOCK_MAX = 30 * EPOCHS_PER_DAY
LOCK_DEFAULT = 14 * EPOCHS_PER_DAY
NOTICE_MIN = 4
NOTICE_MAX = 672
NOTICE_DEFAULT = 96
PERF_FEE_MIN_BPS = 500
PERF_FEE_MAX_BPS = 1_000
PERF_FEE_DEFAULT_BPS = 500
THRESHOLD_MIN = 1 * ONE
THRESHOLD_MAX = 100_000 * ONE
THRESHOLD_DEFAULT = 1_000 * ONE
MAX_LEVERAGE_CAP = 100 * BPS

# Pool. "minimum deposit (10 USDC)", "virtual 1e6", "vest over 96 epochs", "85 % cap", "10 + 20 * remaining / lock"
MIN_DEPOSIT = 10 * ONE
VIRTUAL = 1_000_000
VEST_EPOCHS = 96
UTIL_CAP_BPS = 8_500
UTIL_MAX_BPS = 1_000_000
EARLY_FEE_BASE_BPS = 10
EARLY_FEE_SLOPE_BPS = 20
EXIT_AFTER = 7 * EPOCHS_PER_DAY
FORCE_AFTER = 14 * EPOCHS_PER_DAY
WIPE_RATIO = 10_000

# Claims. "0.05 %: 60 % executor, 40 % treasury"
CLAIM_FEE_BPS = 5
EXECUTOR_SHARE_BPS = 6_000

# Premiums. "1000 + 4000 * min(score, 0.75) / 0.75", "at most 6000", "250 bps an epoch", "1 %, at most 0.10 USDC"
RATE_BASE_BPS = 1_000
RATE_SPAN_BPS = 4_000
RATE_MAX_BPS = 6_000
RATE_FALL_BPS = 250
BOUNTY_BPS = 100
BOUNTY_MAX = 100_000
ARREARS_EPOCHS = 672
FLOOR_CAP_EPOCHS = 7 * EPOCHS_PER_DAY

# Prices. "age <= 60 s", "at least 20 s older", "a step above 25 % or a confidence above 1 %", "above 10 % is refused"
PRICE_MAX_AGE = 60
SYNC_MAX_AGE = 60
CONFIRM_WAIT = 60
LAG_WAIT = 20
STEP_BPS = 2_500
CONF_BPS = 100
CONF_REFUSE_BPS = 1_000
PRICE_MAX = 10**15

# Score. "above 0.75 restricts, below 0.65 for 4 epochs lifts", "better ones after 96 epochs"
SCORE_RESTRICT = 750_000
SCORE_RELEASE = 650_000
BETTER_EPOCHS = 96
RELEASE_EPOCHS = 4
WARMUP_UPDATES = 96
WARMUP_FUNDING = 9
GAP_MAX = 96
FUNDING_EPOCHS = 8 * 4

# Demo market. "min(10 bps of notional, 5 USDC)", "minimum margin 20 USDC"
MIN_MARGIN = 20 * ONE
KEEPER_MIN_BPS = 10
KEEPER_MIN_MAX = 5 * ONE
FUNDING_MAX_8H = 3_000_000
DEPTH_SLIP_BPS = 200
EXTREME_BPS = 500

# Reasons of a restriction
REASON_SCORE = 1
REASON_STALE = 2
REASON_ARREARS = 4
REASON_EXIT = 8
REASON_DELISTED = 16

# By grade: A, B, C, D, Restricted
RESERVE_BPS = (200, 400, 700, 1_200, 2_000)
FLOOR_BPS = (1_000, 1_500, 2_500, 4_000, 6_000)
LEVERAGE_CAP = (50 * BPS, 25 * BPS, 20 * BPS, 10 * BPS, 10 * BPS)
