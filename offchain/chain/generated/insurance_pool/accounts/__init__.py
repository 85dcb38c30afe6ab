from .insurance_pool import InsurancePool, InsurancePoolJSON
from .pool_config import PoolConfig, PoolConfigJSON
from .provider_position import ProviderPosition, ProviderPositionJSON
