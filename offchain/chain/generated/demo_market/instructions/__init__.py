from .add_margin import add_margin, AddMarginArgs, AddMarginAccounts
from .apply_sync import apply_sync, ApplySyncArgs, ApplySyncAccounts
from .check_liquidation import check_liquidation, CheckLiquidationAccounts
from .close_position import close_position, ClosePositionArgs, ClosePositionAccounts
from .cover_deficit import cover_deficit, CoverDeficitArgs, CoverDeficitAccounts
from .create_market import create_market, CreateMarketArgs, CreateMarketAccounts
from .execute_liquidation import execute_liquidation, ExecuteLiquidationAccounts
from .fund_house import fund_house, FundHouseArgs, FundHouseAccounts
from .fund_insurance import fund_insurance, FundInsuranceArgs, FundInsuranceAccounts
from .init_config import init_config, InitConfigArgs, InitConfigAccounts
from .open_fee_vault import open_fee_vault, OpenFeeVaultAccounts
from .open_position import open_position, OpenPositionArgs, OpenPositionAccounts
from .open_trader import open_trader, OpenTraderAccounts
from .open_vault import open_vault, OpenVaultAccounts
from .push_statistics import push_statistics, PushStatisticsAccounts
from .register import register, RegisterArgs, RegisterAccounts
from .report import report, ReportAccounts
from .resolve_extreme import resolve_extreme, ResolveExtremeArgs, ResolveExtremeAccounts
from .settle_fees import settle_fees, SettleFeesAccounts
from .sweep_fees import sweep_fees, SweepFeesAccounts
from .vest_profit import vest_profit, VestProfitAccounts
from .withdraw_house import withdraw_house, WithdrawHouseArgs, WithdrawHouseAccounts
from .withdraw_profit import withdraw_profit, WithdrawProfitAccounts
