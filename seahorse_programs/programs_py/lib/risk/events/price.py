# Events of the price feeds.
from seahorse.prelude import *
from lib.risk.accounts import PriceFeed


@dataclass
class FeedOpened(Event):
    feed: Pubkey
    feed_id: Pubkey
    actor: Pubkey
    writer: Pubkey
    source: u8


@dataclass
class PriceAccepted(Event):
    feed: Pubkey
    actor: Pubkey
    epoch: u64
    slot: u64
    before: u64
    after: u64
    conf: u64
    publish_time: i64
    provisional_before: bool
    provisional_after: bool
    lag_price: u64
    lag_time: i64
    sample_price: u64
    sample_epoch: u64


def emit_feed(feed: PriceFeed, actor: Pubkey):
    event = FeedOpened(feed.key(), feed.feed_id, actor, feed.writer, feed.source)
    event.emit()


def emit_price(feed: PriceFeed, actor: Pubkey, before: u64, provisional_before: bool, epoch: u64, slot: u64):
    event = PriceAccepted(
        feed.key(), actor, epoch, slot, before, feed.price, feed.conf, feed.publish_time,
        provisional_before, feed.provisional, feed.lag_price, feed.lag_time, feed.sample_price, feed.sample_epoch,
    )
    event.emit()
