# The least premium a market owes for its open interest, and the balance of what it has paid against it.
from seahorse.prelude import *
from lib.fixed import div_up
from lib.generated.params import ARREARS_EPOCHS, EPOCHS_PER_YEAR, FLOOR_CAP_EPOCHS
from lib.generated.params import FLOOR_BPS_A, FLOOR_BPS_B, FLOOR_BPS_C, FLOOR_BPS_D, FLOOR_BPS_RESTRICTED
from lib.premium.accounts import PremiumAccount

BPS_SQUARED = 100_000_000


# Yearly share of the required reserve, by grade.
def yearly_bps(grade: u8) -> u64:
    if grade == 0:
        return FLOOR_BPS_A
    if grade == 1:
        return FLOOR_BPS_B
    if grade == 2:
        return FLOOR_BPS_C
    if grade == 3:
        return FLOOR_BPS_D
    return FLOOR_BPS_RESTRICTED


def due(premium: PremiumAccount, epochs: u64) -> i64:
    yearly = u128(premium.open_interest) * u128(premium.reserve_bps) * u128(yearly_bps(premium.grade))
    year = u128(EPOCHS_PER_YEAR) * BPS_SQUARED
    return i64(div_up(yearly * u128(epochs), year))


# Notes since when the balance is below zero. A credit can only end that, so it needs no epoch of its own.
def settle_sign(premium: PremiumAccount, epoch: u64):
    if premium.balance >= 0:
        premium.negative = False
        premium.negative_since = 0
    elif not premium.negative:
        premium.negative = True
        premium.negative_since = epoch


# Charges the floor up to an epoch, at the open interest, ratio and grade of the last rate.
def accrue(premium: PremiumAccount, epoch: u64):
    if premium.has_rate:
        charged = premium.balance - due(premium, epoch - premium.floor_epoch)
        premium.balance = min(charged, due(premium, FLOOR_CAP_EPOCHS))
        premium.floor_epoch = epoch
        settle_sign(premium, epoch)


def credit(premium: PremiumAccount, amount: u64):
    premium.balance += i64(amount)
    since = premium.negative_since
    settle_sign(premium, since)


def arrears(premium: PremiumAccount) -> u64:
    return u64(max(0 - premium.balance, 0))


# Arrears that have lasted long enough to restrict the market.
def in_arrears(premium: PremiumAccount, epoch: u64) -> bool:
    return premium.negative and epoch >= premium.negative_since + ARREARS_EPOCHS
