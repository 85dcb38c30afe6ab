from .accept_admin import accept_admin, AcceptAdminAccounts
from .collect_claim_fee import collect_claim_fee, CollectClaimFeeAccounts
from .complete_claim import complete_claim, CompleteClaimArgs, CompleteClaimAccounts
from .init_config import init_config, InitConfigArgs, InitConfigAccounts
from .open_claim import open_claim, OpenClaimArgs, OpenClaimAccounts
from .open_registry import open_registry, OpenRegistryArgs, OpenRegistryAccounts
from .propose_admin import propose_admin, ProposeAdminArgs, ProposeAdminAccounts
from .report_deficit import report_deficit, ReportDeficitArgs, ReportDeficitAccounts
from .set_guardian import set_guardian, SetGuardianArgs, SetGuardianAccounts
from .set_terms import set_terms, SetTermsArgs, SetTermsAccounts
