# Written by scripts/build_programs from seahorse.toml: change that file, not this one.
from seahorse.prelude import *


def d_risk_engine_activate_market() -> List[u8]:
    data: List[u8] = [10, 26, 197, 116, 113, 99, 72, 89]
    return data


def d_risk_engine_update_statistics() -> List[u8]:
    data: List[u8] = [8, 161, 78, 217, 234, 53, 90, 155]
    return data


def d_risk_engine_update_reserve() -> List[u8]:
    data: List[u8] = [46, 250, 249, 240, 166, 54, 22, 86]
    return data


def d_risk_engine_update_arrears() -> List[u8]:
    data: List[u8] = [177, 124, 255, 131, 143, 11, 2, 98]
    return data


def d_premium_manager_set_terms() -> List[u8]:
    data: List[u8] = [198, 18, 197, 226, 220, 230, 87, 173]
    return data


def d_premium_manager_set_rate() -> List[u8]:
    data: List[u8] = [99, 58, 170, 238, 160, 120, 74, 11]
    return data


def d_premium_manager_collect_fees() -> List[u8]:
    data: List[u8] = [164, 152, 207, 99, 30, 186, 19, 182]
    return data


def d_premium_manager_apply_offset() -> List[u8]:
    data: List[u8] = [195, 161, 33, 231, 202, 95, 153, 69]
    return data


def d_insurance_pool_set_terms() -> List[u8]:
    data: List[u8] = [198, 18, 197, 226, 220, 230, 87, 173]
    return data


def d_insurance_pool_set_risk() -> List[u8]:
    data: List[u8] = [203, 153, 221, 30, 194, 171, 24, 158]
    return data


def d_insurance_pool_credit_premium() -> List[u8]:
    data: List[u8] = [1, 193, 84, 165, 49, 166, 207, 209]
    return data


def d_insurance_pool_note_unsettled() -> List[u8]:
    data: List[u8] = [90, 140, 198, 223, 100, 128, 127, 114]
    return data


def d_insurance_pool_request_payout() -> List[u8]:
    data: List[u8] = [5, 176, 110, 197, 172, 177, 64, 200]
    return data


def d_insurance_pool_pay_claim_fee() -> List[u8]:
    data: List[u8] = [34, 197, 77, 73, 186, 87, 62, 168]
    return data


def d_insolvency_handler_set_terms() -> List[u8]:
    data: List[u8] = [198, 18, 197, 226, 220, 230, 87, 173]
    return data


def d_insolvency_handler_report_deficit() -> List[u8]:
    data: List[u8] = [83, 83, 161, 63, 33, 68, 103, 29]
    return data


def d_insolvency_handler_complete_claim() -> List[u8]:
    data: List[u8] = [248, 30, 144, 210, 149, 99, 33, 190]
    return data


def d_demo_market_apply_sync() -> List[u8]:
    data: List[u8] = [83, 63, 247, 32, 86, 92, 45, 55]
    return data


def d_demo_market_cover_deficit() -> List[u8]:
    data: List[u8] = [111, 47, 68, 186, 165, 82, 169, 88]
    return data


def d_demo_market_resolve_extreme() -> List[u8]:
    data: List[u8] = [82, 93, 122, 198, 177, 53, 16, 8]
    return data
