"""The chain as an object: expiry, repetition, rollback, time, threads and listeners."""

from threading import Thread

import pytest
from solders.account import Account
from solders.address_lookup_table_account import AddressLookupTableAccount
from solders.hash import Hash
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.message import Message, MessageV0
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.localnet import LocalChain, TransactionRecord, TransactionRefusedError
from offchain.localnet.decode import MalformedTransactionError
from offchain.localnet.events import Changes
from tests.localnet.wallet import SOL, START, accounts, driven_chain, pay, payment, rich, signed

_MEMO = Pubkey.from_string("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr")


def _refusal(chain: LocalChain, transaction: VersionedTransaction, *, preflight: bool = False) -> object:
    before = accounts(chain)
    slot, count = chain.slot, chain.transaction_count
    with pytest.raises(TransactionRefusedError) as caught:
        chain.send(transaction, preflight=preflight)
    assert accounts(chain) == before
    assert (chain.slot, chain.transaction_count) == (slot, count)
    return caught.value.err


def test_record_of_a_transfer() -> None:
    chain = driven_chain()
    key, to = rich(chain, 3 * SOL), Keypair().pubkey()
    transaction = payment(chain, key, to)
    slot = chain.slot
    record = chain.send(bytes(transaction))
    assert record.err is None
    assert (record.signature, record.slot, record.block_time) == (transaction.signatures[0], slot, START)
    assert record.keys == transaction.message.account_keys
    assert record.pre_balances == [3 * SOL, 0, 1]
    assert record.post_balances == [2 * SOL - 5_000, SOL, 1]
    assert (record.fee, record.units, record.version) == (5_000, 150, "legacy")
    assert chain.transaction(record.signature) is record
    assert chain.slot == slot + 1


def test_blockhash_expires_after_150_blocks() -> None:
    chain = driven_chain()
    key = rich(chain)
    good, late = payment(chain, key, Keypair().pubkey()), payment(chain, key, Keypair().pubkey())
    chain.warp_to(START + 60)
    assert chain.block_height == 151
    chain.send(good)
    chain.warp_to(START + 61)
    assert _refusal(chain, late) == "BlockhashNotFound"


def test_fresh_blockhash_after_every_transaction_and_none_is_lost() -> None:
    chain = driven_chain()
    key = rich(chain)
    first = chain.latest_blockhash()
    for extra in range(300):
        chain.send(signed(first, key, pay(key, Keypair().pubkey(), SOL // 100 + extra)))
    assert chain.latest_blockhash() != first
    assert chain.is_blockhash_valid(first)


def test_equal_payments_in_a_row() -> None:
    chain = driven_chain()
    key, to = rich(chain), Keypair().pubkey()
    for _ in range(3):
        chain.send(payment(chain, key, to))
    assert chain.account(to) == Account(3 * SOL, b"", Pubkey.default(), False, 0)


def test_repetition_is_refused_for_failures_too() -> None:
    chain = driven_chain()
    key = rich(chain)
    good, bad = payment(chain, key, Keypair().pubkey()), payment(chain, key, Keypair().pubkey(), 10**15)
    chain.send(good)
    assert chain.send(bad).err == {"InstructionError": [0, {"Custom": 1}]}
    assert _refusal(chain, good) == "AlreadyProcessed"
    assert _refusal(chain, bad) == "AlreadyProcessed"


def test_forged_signature() -> None:
    chain = driven_chain()
    key = rich(chain)
    message = payment(chain, key, Keypair().pubkey()).message
    forged = VersionedTransaction.populate(message, [Keypair().sign_message(bytes(message))])
    assert _refusal(chain, forged) == "SignatureFailure"


def test_too_few_signatures() -> None:
    chain = driven_chain()
    message = payment(chain, rich(chain), Keypair().pubkey()).message
    assert _refusal(chain, VersionedTransaction.populate(message, [])) == "SanitizeFailure"


def test_garbage_and_oversize() -> None:
    chain = driven_chain()
    key = rich(chain)
    for raw in (b"", b"\0" * 10, bytes(1_233)):
        with pytest.raises(MalformedTransactionError):
            chain.send(raw)
    large = signed(chain.latest_blockhash(), key, Instruction(_MEMO, bytes(1_100), []))
    with pytest.raises(MalformedTransactionError, match="too large: 1270 bytes"):
        chain.send(large)
    with pytest.raises(MalformedTransactionError):
        chain.simulate(large)


def test_failed_preflight_leaves_no_trace() -> None:
    chain = driven_chain()
    key = rich(chain)
    bad = signed(chain.latest_blockhash(), key, pay(key, Keypair().pubkey(), SOL), pay(key, Keypair().pubkey(), 10**15))
    assert _refusal(chain, bad, preflight=True) == {"InstructionError": [1, {"Custom": 1}]}
    assert chain.send(bad).err == {"InstructionError": [1, {"Custom": 1}]}


def test_rent_failure_takes_everything_back_but_the_fee() -> None:
    chain = driven_chain()
    key, first, second = rich(chain), Keypair().pubkey(), Keypair().pubkey()
    before = accounts(chain)
    record = chain.send(signed(chain.latest_blockhash(), key, pay(key, first, SOL), pay(key, second, 5)))
    assert record.err == {"InsufficientFundsForRent": {"account_index": record.keys.index(second)}}
    assert record.post_balances == [100 * SOL - 5_000, 0, 0, 1]
    after = accounts(chain)
    assert after.pop(key.pubkey()).lamports == before.pop(key.pubkey()).lamports - 5_000
    assert after == before


def test_simulation_takes_everything_back() -> None:
    chain = driven_chain()
    key, to = rich(chain), Keypair().pubkey()
    before = accounts(chain)
    transaction = payment(chain, key, to)
    for _ in range(2):
        outcome = chain.simulate(transaction, verify_signatures=True)
        assert outcome.err is None
        assert outcome.after[to] == Account(SOL, b"", Pubkey.default(), False, 0)
        assert outcome.fee == 5_000
    assert accounts(chain) == before
    assert chain.send(transaction).err is None


def test_simulation_tells_refusals() -> None:
    chain = driven_chain()
    key = rich(chain)
    transaction = signed(Hash.default(), key, pay(key, Keypair().pubkey(), SOL))
    assert chain.simulate(transaction).err == "BlockhashNotFound"
    assert chain.simulate(transaction, replace_blockhash=True).err is None
    poor = Keypair()
    assert chain.simulate(payment(chain, poor, key.pubkey())).err == "AccountNotFound"


def test_programs_read_the_driven_time() -> None:
    chain = driven_chain()
    chain.advance(3_600)
    chain.warp_to(START + 7_200)
    assert chain.unix_timestamp == START + 7_200
    sysvar = chain.account(Pubkey.from_string("SysvarC1ock11111111111111111111111111111111"))
    assert sysvar is not None
    assert int.from_bytes(sysvar.data[32:40], "little") == START + 7_200
    assert int.from_bytes(sysvar.data[:8], "little") == chain.slot


def test_a_transaction_outlives_a_jump_without_blocks() -> None:
    chain = driven_chain()
    key = rich(chain)
    lasting, expiring = (payment(chain, key, Keypair().pubkey()) for _ in range(2))
    chain.advance(825, blocks=2)
    assert chain.send(lasting).err is None
    chain.advance(825)
    with pytest.raises(TransactionRefusedError, match="Blockhash not found"):
        chain.send(expiring)


def test_several_transactions_in_one_slot() -> None:
    chain = driven_chain()
    key = rich(chain)
    with chain.one_slot():
        slots = {chain.send(payment(chain, key, Keypair().pubkey())).slot for _ in range(3)}
    assert slots == {chain.slot - 1}


def test_same_input_same_chain() -> None:
    seed = bytes(range(32))

    def play() -> tuple[Hash, list[TransactionRecord]]:
        chain = driven_chain()
        key = Keypair.from_seed(seed)
        chain.airdrop(key.pubkey(), 10 * SOL)
        chain.send(payment(chain, key, _MEMO))
        chain.advance(100)
        chain.send(payment(chain, key, _MEMO))
        return chain.latest_blockhash(), chain.transactions()

    assert play() == play()


def test_time_of_a_slot() -> None:
    chain = driven_chain()
    key = rich(chain)
    chain.warp_to(START + 1_000)
    record = chain.send(payment(chain, key, Keypair().pubkey()))
    chain.warp_to(START + 2_000)
    assert chain.time_of_slot(0) == START
    assert chain.time_of_slot(record.slot) == START + 1_000
    assert chain.time_of_slot(record.slot + 1) == START + 1_000


def test_airdrops_are_transactions() -> None:
    chain = driven_chain()
    to = Keypair().pubkey()
    first, second = chain.airdrop(to, SOL), chain.airdrop(to, SOL)
    assert first.signature != second.signature
    assert [record.signature for record in chain.transactions_of(to)] == [second.signature, first.signature]
    with pytest.raises(TransactionRefusedError):
        chain.airdrop(to, 10**18)


def test_owner_index_follows_changes() -> None:
    chain = driven_chain()
    one, two, key = Keypair().pubkey(), Keypair().pubkey(), Keypair().pubkey()
    chain.set_account(key, Account(10**9, b"abc", one))
    assert chain.accounts_owned_by(one) == [(key, Account(10**9, b"abc", one))]
    chain.set_account(key, Account(10**9, b"abcd", two))
    assert chain.accounts_owned_by(one) == []
    chain.set_account(key, None)
    assert chain.accounts_owned_by(two) == []
    assert chain.account(key) is None


class _Notes:
    def __init__(self) -> None:
        self.landed: list[tuple[TransactionRecord, Changes]] = []
        self.slots: list[tuple[int, int]] = []

    def transaction_landed(self, record: TransactionRecord, changes: Changes) -> None:
        self.landed.append((record, changes))

    def slot_changed(self, slot: int, parent: int) -> None:
        self.slots.append((slot, parent))


def test_listener_hears_changes_and_slots() -> None:
    chain, notes = driven_chain(), _Notes()
    key, to = rich(chain), Keypair().pubkey()
    chain.listen(notes)
    record = chain.send(payment(chain, key, to))
    chain.advance(4)
    chain.unlisten(notes)
    chain.send(payment(chain, key, to))
    assert [landed for landed, _ in notes.landed] == [record]
    changes = {address: (before, after) for address, before, after in notes.landed[0][1]}
    assert set(changes) == {key.pubkey(), to}
    assert changes[to] == (None, Account(SOL, b"", Pubkey.default(), False, 0))
    assert notes.slots == [(record.slot + 1, record.slot), (record.slot + 11, record.slot + 1)]


def test_threads_do_not_lose_anything() -> None:
    chain = LocalChain(clock="real")
    keys = [rich(chain) for _ in range(4)]
    to = Keypair().pubkey()
    failures: list[BaseException] = []

    def work(key: Keypair) -> None:
        try:
            for _ in range(50):
                chain.send(payment(chain, key, to, 1_000_000))
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=work, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    account = chain.account(to)
    assert account is not None
    assert account.lamports == 200 * 1_000_000
    slots = [record.slot for record in chain.transactions()]
    assert slots == sorted(set(slots))


def test_lookup_table_that_does_not_exist() -> None:
    chain = driven_chain()
    key, to = rich(chain), Keypair().pubkey()
    table = AddressLookupTableAccount(Keypair().pubkey(), [to])
    message = MessageV0.try_compile(key.pubkey(), [pay(key, to, SOL)], [table], chain.latest_blockhash())
    transaction = VersionedTransaction(message, [key])
    assert _refusal(chain, transaction) == "AddressLookupTableNotFound"
    chain.set_account(table.key, Account(10**9, bytes(100), _MEMO))
    assert _refusal(chain, transaction) == "InvalidAddressLookupTableOwner"


def test_lookup_table_in_use() -> None:
    chain = driven_chain()
    key, to = rich(chain), Keypair().pubkey()
    program = Pubkey.from_string("AddressLookupTab1e1111111111111111111111111")
    header = (1).to_bytes(4, "little") + b"\xff" * 8 + bytes(44)
    table = AddressLookupTableAccount(Keypair().pubkey(), [Keypair().pubkey(), to])
    chain.set_account(table.key, Account(10**9, header + b"".join(map(bytes, table.addresses)), program))
    chain.advance(10)
    message = MessageV0.try_compile(key.pubkey(), [pay(key, to, SOL)], [table], chain.latest_blockhash())
    record = chain.send(VersionedTransaction(message, [key]))
    assert record.err is None
    assert record.version == 0
    assert record.loaded_writable == [bytes(to)]
    assert record.keys == [*message.account_keys, to]
    assert chain.transactions_of(to) == [record]


def test_message_without_instructions() -> None:
    chain = driven_chain()
    key = rich(chain, 2 * SOL)
    message = Message.new_with_blockhash([], key.pubkey(), chain.latest_blockhash())
    assert chain.send(VersionedTransaction(message, [key])).err is None
    account = chain.account(key.pubkey())
    assert account is not None
    assert account.lamports == 2 * SOL - 5_000
