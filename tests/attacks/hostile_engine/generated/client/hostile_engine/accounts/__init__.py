from .plan import Plan, PlanJSON
