from .apply_sync import apply_sync, ApplySyncAccounts
from .cover_deficit import cover_deficit, CoverDeficitAccounts
from .make_plan import make_plan, MakePlanArgs, MakePlanAccounts
from .register import register, RegisterArgs, RegisterAccounts
from .report import report, ReportArgs, ReportAccounts
from .resolve_extreme import resolve_extreme, ResolveExtremeArgs, ResolveExtremeAccounts
