# Acceptance of a price: bounds, provisional steps, the lagging price and the sample of the epoch.
from seahorse.prelude import *
from lib.fixed import distance
from lib.generated.params import CONF_BPS, CONF_REFUSE_BPS, CONFIRM_WAIT, LAG_WAIT, PRICE_MAX, PRICE_MAX_AGE, STEP_BPS
from lib.risk.accounts import PriceFeed, RiskConfig


def check_price(feed: PriceFeed, price: u64, conf: u64, publish_time: i64, now: i64):
    assert price > 0 and price <= PRICE_MAX, 'E_PRICE: send a price above 0 and at most 1e15'
    assert publish_time <= now, 'E_PRICE_AHEAD: wait until the publish time has come'
    assert publish_time + PRICE_MAX_AGE >= now, 'E_PRICE_STALE: send a price that is at most 60 seconds old'
    assert publish_time > feed.publish_time, 'E_PRICE_OLD: send a price newer than the last one'
    wide = u128(conf) * 10_000 > u128(price) * CONF_REFUSE_BPS
    assert not wide, 'E_CONFIDENCE: wait for a confidence interval within a tenth of the price'


# Whether a price lies within the step bound of a reference and is certain enough.
def fits(price: u64, conf: u64, reference: u64) -> bool:
    step = u128(distance(price, reference)) * 10_000
    spread = u128(conf) * 10_000
    return step <= u128(reference) * STEP_BPS and spread <= u128(price) * CONF_BPS


# A price that does not fit is provisional until a later one fits it. Call before the newest price is replaced.
def judge(feed: PriceFeed, config: RiskConfig, price: u64, conf: u64, publish_time: i64):
    if feed.provisional:
        if publish_time >= feed.provisional_time + config.wait(CONFIRM_WAIT):
            if fits(price, conf, feed.provisional_price):
                feed.provisional = False
            else:
                feed.provisional_price = price
                feed.provisional_time = publish_time
    else:
        reference = price if feed.updates == 0 else feed.price
        if not fits(price, conf, reference):
            feed.provisional = True
            feed.provisional_price = price
            feed.provisional_time = publish_time


# Keeps a price at least LAG_WAIT older than the newest one. Call before the newest price is replaced.
def advance_lag(feed: PriceFeed, config: RiskConfig, price: u64, publish_time: i64):
    if feed.updates == 0:
        feed.candidate_price = price
        feed.candidate_time = publish_time
    else:
        wait = config.wait(LAG_WAIT)
        if publish_time >= feed.publish_time + wait:
            feed.lag_price = feed.price
            feed.lag_time = feed.publish_time
            feed.candidate_price = feed.price
            feed.candidate_time = feed.publish_time
        elif publish_time >= feed.candidate_time + wait:
            feed.lag_price = feed.candidate_price
            feed.lag_time = feed.candidate_time
            feed.candidate_price = feed.price
            feed.candidate_time = feed.publish_time


# The first price accepted in an epoch is its sample.
def take_sample(feed: PriceFeed, price: u64, epoch: u64):
    if epoch > feed.sample_epoch or not feed.has_sample:
        feed.sample_price = price
        feed.sample_epoch = epoch
        feed.has_sample = True


def accept_price(feed: PriceFeed, config: RiskConfig, price: u64, conf: u64, publish_time: i64, now: i64):
    check_price(feed, price, conf, publish_time, now)
    judge(feed, config, price, conf, publish_time)
    advance_lag(feed, config, price, publish_time)
    feed.price = price
    feed.conf = conf
    feed.publish_time = publish_time
    take_sample(feed, price, config.epoch_at(now))
    feed.updates += 1
