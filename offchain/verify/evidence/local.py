"""Evidence from a local chain that runs in this process."""

from offchain.localnet.chain import LocalChain
from offchain.verify.evidence.model import Account, Evidence
from offchain.verify.evidence.recorded import transaction_of
from offchain.verify.read.programs import Programs
from offchain.verify.read.tokens import TOKEN_PROGRAM


def read_local(chain: LocalChain, programs: Programs) -> Evidence:
    """Everything the chain has of these programs and of tokens."""
    accounts = {
        key: Account(account.owner, account.data)
        for owner in [TOKEN_PROGRAM, *programs.names]
        for key, account in chain.accounts_owned_by(owner)
    }
    return Evidence("this chain", [transaction_of(record) for record in chain.transactions()], accounts)
