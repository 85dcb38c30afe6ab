"""The virtual machine as the local chain needs it."""

from solders.epoch_schedule import EpochSchedule
from solders.litesvm import FeatureSet, LiteSVM
from solders.pubkey import Pubkey

NO_LOADER_V3_DEPLOYMENTS = Pubkey.from_string("EmhbpdVtZ2hWRGFWBDjn2i3SJD8Z36z4mpMcZJEnebnP")
"""The feature with which the upgradeable loader takes no new programs. LiteSVM has every feature; no public cluster
has this one, and a chain on which something can be deployed must not."""


def new_machine() -> LiteSVM:
    """A LiteSVM without its own checks of blockhashes and signatures and without a history: the chain has better."""
    features = FeatureSet.all_enabled()
    active = features.active
    del active[NO_LOADER_V3_DEPLOYMENTS]
    features = FeatureSet(active, {NO_LOADER_V3_DEPLOYMENTS})
    machine = LiteSVM.default().with_builtins(features).with_sysvars().with_precompiles(features).with_spl_programs()
    machine = machine.with_blockhash_check(False).with_sigverify(False).with_transaction_history(0)
    machine.set_epoch_schedule(EpochSchedule.without_warmup())
    return machine
