# What somebody pays with: refused here by name, before the token program refuses it with a number.
from seahorse.prelude import *


def check_source(mint: Pubkey, held: u64, wanted: Pubkey, amount: u64):
    assert mint == wanted, 'E_MINT: pay from a token account of the USDC mint'
    assert held >= amount, 'E_BALANCE: the token account holds less than the amount'
