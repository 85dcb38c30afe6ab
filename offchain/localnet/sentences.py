"""Solana's transaction errors in the words of a validator."""

from typing import Any

_TRANSACTION = {
    "AccountLoadedTwice": "Account loaded twice",
    "AccountNotFound": "Attempt to debit an account but found no record of a prior credit.",
    "AlreadyProcessed": "This transaction has already been processed",
    "BlockhashNotFound": "Blockhash not found",
    "InsufficientFundsForFee": "Insufficient funds for fee",
    "InvalidAccountForFee": "This account may not be used to pay transaction fees",
    "InvalidAddressLookupTableIndex": "Transaction address table lookup uses an invalid index",
    "InvalidAddressLookupTableOwner": "Transaction loads an address table account with an invalid owner",
    "AddressLookupTableNotFound": "Transaction loads an address table account that doesn't exist",
    "InvalidProgramForExecution": "This program may not be used for executing instructions",
    "ProgramAccountNotFound": "Attempt to load a program that does not exist",
    "SanitizeFailure": "Transaction failed to sanitize accounts offsets correctly",
    "SignatureFailure": "Transaction did not pass signature verification",
    "TooManyAccountLocks": "Transaction locked too many accounts",
}

_INSTRUCTION = {
    "AccountAlreadyInitialized": "instruction requires an uninitialized account",
    "AccountBorrowFailed": "instruction tries to borrow reference for an account which is already borrowed",
    "AccountDataTooSmall": "account data too small for instruction",
    "ArithmeticOverflow": "Program arithmetic overflowed",
    "CallDepth": "Cross-program invocation call depth too deep",
    "ComputationalBudgetExceeded": "Computational budget exceeded",
    "ExternalAccountDataModified": "instruction modified data of an account it does not own",
    "ExternalAccountLamportSpend": "instruction spent from the balance of an account it does not own",
    "IllegalOwner": "Provided owner is not allowed",
    "Immutable": "Account is immutable",
    "IncorrectAuthority": "Incorrect authority provided",
    "IncorrectProgramId": "incorrect program id for instruction",
    "InsufficientFunds": "insufficient funds for instruction",
    "InvalidAccountData": "invalid account data for instruction",
    "InvalidAccountOwner": "Invalid account owner",
    "InvalidArgument": "invalid program argument",
    "InvalidInstructionData": "invalid instruction data",
    "InvalidRealloc": "Failed to reallocate account data",
    "InvalidSeeds": "Provided seeds do not result in a valid address",
    "MaxSeedLengthExceeded": "Length of the seed is too long for address generation",
    "MissingAccount": "An account required by the instruction is missing",
    "MissingRequiredSignature": "missing required signature for instruction",
    "NotEnoughAccountKeys": "insufficient account keys for instruction",
    "PrivilegeEscalation": "Cross-program invocation with unauthorized signer or writable account",
    "ProgramFailedToComplete": "Program failed to complete",
    "ReadonlyDataModified": "instruction modified data of a read-only account",
    "ReadonlyLamportChange": "instruction changed the balance of a read-only account",
    "ReentrancyNotAllowed": "Cross-program invocation reentrancy not allowed for this instruction",
    "UnbalancedInstruction": "sum of account balances before and after instruction do not match",
    "UninitializedAccount": "instruction requires an initialized account",
    "UnsupportedProgramId": "Unsupported program id",
}


def describe(err: Any) -> str:
    """The sentence for a TransactionError in JSON; its own name where there is none here."""
    if isinstance(err, str):
        return _TRANSACTION.get(err, err)
    if "InstructionError" in err:
        index, cause = err["InstructionError"]
        return f"Error processing Instruction {index}: {_cause(cause)}"
    if "InsufficientFundsForRent" in err:
        index = err["InsufficientFundsForRent"]["account_index"]
        return f"Transaction results in an account ({index}) with insufficient funds for rent"
    return str(err)


def _cause(cause: Any) -> str:
    if isinstance(cause, dict) and "Custom" in cause:
        return f"custom program error: {cause['Custom']:#x}"
    return _INSTRUCTION.get(cause, cause) if isinstance(cause, str) else str(cause)
