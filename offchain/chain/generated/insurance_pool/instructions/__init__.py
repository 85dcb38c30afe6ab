from .accept_admin import accept_admin, AcceptAdminAccounts
from .cancel_stake import cancel_stake, CancelStakeAccounts
from .cancel_withdrawal import cancel_withdrawal, CancelWithdrawalAccounts
from .collect_treasury import collect_treasury, CollectTreasuryAccounts
from .credit_premium import credit_premium, CreditPremiumArgs, CreditPremiumAccounts
from .deposit import deposit, DepositArgs, DepositAccounts
from .execute_stake import execute_stake, ExecuteStakeAccounts
from .execute_withdrawal import (
    execute_withdrawal,
    ExecuteWithdrawalArgs,
    ExecuteWithdrawalAccounts,
)
from .flag_exit import flag_exit, FlagExitAccounts
from .force_resolution import force_resolution, ForceResolutionAccounts
from .fund_first_loss import fund_first_loss, FundFirstLossArgs, FundFirstLossAccounts
from .init_config import init_config, InitConfigArgs, InitConfigAccounts
from .note_unsettled import note_unsettled, NoteUnsettledArgs, NoteUnsettledAccounts
from .open_pool import open_pool, OpenPoolArgs, OpenPoolAccounts
from .open_vault import open_vault, OpenVaultAccounts
from .pay_claim_fee import pay_claim_fee, PayClaimFeeArgs, PayClaimFeeAccounts
from .propose_admin import propose_admin, ProposeAdminArgs, ProposeAdminAccounts
from .release_funds import release_funds, ReleaseFundsAccounts
from .report_offset import report_offset, ReportOffsetAccounts
from .report_reserve import report_reserve, ReportReserveAccounts
from .request_payout import request_payout, RequestPayoutArgs, RequestPayoutAccounts
from .request_stake import request_stake, RequestStakeArgs, RequestStakeAccounts
from .request_withdrawal import (
    request_withdrawal,
    RequestWithdrawalArgs,
    RequestWithdrawalAccounts,
)
from .set_guardian import set_guardian, SetGuardianArgs, SetGuardianAccounts
from .set_risk import set_risk, SetRiskArgs, SetRiskAccounts
from .set_terms import set_terms, SetTermsArgs, SetTermsAccounts
from .stop_deposits import stop_deposits, StopDepositsAccounts
from .top_up import top_up, TopUpArgs, TopUpAccounts
