"""Creating accounts at addresses that anybody can see coming.

Solana's `create_account` refuses an address that holds lamports, and anybody may send some there beforehand. So an
account that holds any is topped up and allocated instead, which nobody can prevent.
"""

from solders.instruction import Instruction
from solders.pubkey import Pubkey
from solders.system_program import (
    AllocateParams,
    AllocateWithSeedParams,
    AssignParams,
    CreateAccountParams,
    CreateAccountWithSeedParams,
    TransferParams,
    allocate,
    allocate_with_seed,
    assign,
    create_account,
    create_account_with_seed,
    transfer,
)


def create(payer: Pubkey, account: Pubkey, held: int, rent: int, space: int, owner: Pubkey) -> list[Instruction]:
    """Create an account that signs for itself; `held` are the lamports it has already."""
    if not held:
        return [
            create_account(
                CreateAccountParams(from_pubkey=payer, to_pubkey=account, lamports=rent, space=space, owner=owner)
            )
        ]
    return [
        *top_up(payer, account, held, rent),
        allocate(AllocateParams(pubkey=account, space=space)),
        assign(AssignParams(pubkey=account, owner=owner)),
    ]


def create_seeded(payer: Pubkey, seed: str, held: int, rent: int, space: int, owner: Pubkey) -> list[Instruction]:
    """Create the account that `payer`, `seed` and `owner` make up; only the payer signs."""
    account = Pubkey.create_with_seed(payer, seed, owner)
    if not held:
        return [
            create_account_with_seed(
                CreateAccountWithSeedParams(
                    from_pubkey=payer,
                    to_pubkey=account,
                    base=payer,
                    seed=seed,
                    lamports=rent,
                    space=space,
                    owner=owner,
                )
            )
        ]
    return [
        *top_up(payer, account, held, rent),
        allocate_with_seed(AllocateWithSeedParams(address=account, base=payer, seed=seed, space=space, owner=owner)),
    ]


def top_up(payer: Pubkey, account: Pubkey, held: int, rent: int) -> list[Instruction]:
    """Bring an account to its rent."""
    if held >= rent:
        return []
    return [transfer(TransferParams(from_pubkey=payer, to_pubkey=account, lamports=rent - held))]
