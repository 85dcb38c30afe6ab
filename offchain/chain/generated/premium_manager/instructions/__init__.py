from .accept_admin import accept_admin, AcceptAdminAccounts
from .apply_offset import apply_offset, ApplyOffsetArgs, ApplyOffsetAccounts
from .collect_fees import collect_fees, CollectFeesArgs, CollectFeesAccounts
from .init_config import init_config, InitConfigArgs, InitConfigAccounts
from .open_escrow import open_escrow, OpenEscrowAccounts
from .open_premium import open_premium, OpenPremiumArgs, OpenPremiumAccounts
from .pay_arrears import pay_arrears, PayArrearsArgs, PayArrearsAccounts
from .propose_admin import propose_admin, ProposeAdminArgs, ProposeAdminAccounts
from .report_arrears import report_arrears, ReportArrearsAccounts
from .route_premiums import route_premiums, RoutePremiumsAccounts
from .set_guardian import set_guardian, SetGuardianArgs, SetGuardianAccounts
from .set_rate import set_rate, SetRateArgs, SetRateAccounts
from .set_terms import set_terms, SetTermsArgs, SetTermsAccounts
