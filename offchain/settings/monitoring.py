"""What raises an alert, and who is told: `[monitoring]` of seahorse.toml and `PERCOSEC_MONITORING_*`."""

from dataclasses import dataclass, fields

from offchain.settings.table import SettingsError
from offchain.settings.urls import split_url


@dataclass(frozen=True)
class MonitoringSettings:
    """Thresholds of the alert rules. Chain seconds are those of the chain's clock, which a local chain may drive."""

    webhook: str = ""
    """URL that is told of each alert, raised and cleared; empty: nobody is. The URL is a secret: better in
    PERCOSEC_MONITORING_WEBHOOK than in a file."""
    webhook_timeout: int = 10
    """How long the webhook may take to answer, seconds."""
    look_seconds: int = 5
    """Between two looks at all rules."""
    chain_seconds: int = 15
    """Between two looks at vaults, wallets and programs on the chain."""
    raise_seconds: int = 10
    """An alert is raised when its condition has stood so long ..."""
    clear_seconds: int = 60
    """... and cleared when it has been gone so long."""
    payout_seconds: int = 120
    """A payout may wait so long for its release, chain seconds."""
    claim_bps: int = 1_000
    """A claim that takes more of all a pool could pay with is told, basis points."""
    claim_hours: int = 24
    """How long a large claim stays an alert, hours of the chain's clock."""
    score_epochs: int = 2
    """A live market without a score for so many epochs has been missed; a third one would restrict it."""
    price_seconds: int = 180
    """Oldest price of a live market's feed, chain seconds; at 60 nobody may trade on it any more."""
    crank_seconds: int = 600
    """What has been due in an epoch may wait so long for a keeper, chain seconds; less where epochs are short."""
    keeper_lamports: int = 50_000_000
    """A keeper's wallet should hold this much."""
    keepers: tuple[str, ...] = ()
    """Further wallets to be watched, base58; those that kept their book in this database are watched anyway."""
    lag_seconds: int = 30
    """The indexer may be behind the chain for so long, seconds."""
    job_failures: int = 3
    """So many failures in a row make a background job an alert; one that ended for good or is stale is one at once."""
    silent_seconds: int = 60
    """A process that said nothing for so long is missed, seconds."""

    def __post_init__(self) -> None:
        """ValueError names a value out of bounds."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, int) and value < 1:
                raise ValueError(f"{field.name} must be above 0, not {value}")
        if self.webhook:
            try:
                split_url(self.webhook, ("https", "http"), "webhook")
            except SettingsError as error:
                raise ValueError(str(error)) from None
