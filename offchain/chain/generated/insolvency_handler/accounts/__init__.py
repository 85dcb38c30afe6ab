from .claim_record import ClaimRecord, ClaimRecordJSON
from .claim_registry import ClaimRegistry, ClaimRegistryJSON
from .handler_config import HandlerConfig, HandlerConfigJSON
