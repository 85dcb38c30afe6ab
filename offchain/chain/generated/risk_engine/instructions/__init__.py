from .accept_admin import accept_admin, AcceptAdminAccounts
from .activate_market import activate_market, ActivateMarketArgs, ActivateMarketAccounts
from .allow_engine import allow_engine, AllowEngineArgs, AllowEngineAccounts
from .announce_change import announce_change, AnnounceChangeArgs, AnnounceChangeAccounts
from .apply_change import apply_change, ApplyChangeAccounts
from .init_config import init_config, InitConfigArgs, InitConfigAccounts
from .open_feed import open_feed, OpenFeedArgs, OpenFeedAccounts
from .open_inputs import open_inputs, OpenInputsArgs, OpenInputsAccounts
from .open_market import open_market, OpenMarketArgs, OpenMarketAccounts
from .open_score import open_score, OpenScoreArgs, OpenScoreAccounts
from .open_window import open_window, OpenWindowArgs, OpenWindowAccounts
from .propose_admin import propose_admin, ProposeAdminArgs, ProposeAdminAccounts
from .push_price import push_price, PushPriceArgs, PushPriceAccounts
from .push_terms_handler import push_terms_handler, PushTermsHandlerAccounts
from .push_terms_pool import push_terms_pool, PushTermsPoolAccounts
from .push_terms_premium import push_terms_premium, PushTermsPremiumAccounts
from .remove_engine import remove_engine, RemoveEngineAccounts
from .restore_engine import restore_engine, RestoreEngineAccounts
from .set_guardian import set_guardian, SetGuardianArgs, SetGuardianAccounts
from .stop_registrations import stop_registrations, StopRegistrationsAccounts
from .sync_market import sync_market, SyncMarketAccounts
from .update_arrears import update_arrears, UpdateArrearsArgs, UpdateArrearsAccounts
from .update_reserve import update_reserve, UpdateReserveArgs, UpdateReserveAccounts
from .update_score import update_score, UpdateScoreAccounts
from .update_statistics import (
    update_statistics,
    UpdateStatisticsArgs,
    UpdateStatisticsAccounts,
)
