"""Carrying a plan out, step by step, with a bar for those who watch."""

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from offchain.deploy.plan import Plan

COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
"""What the bar shows: the step, how far it is, and how long it takes."""


def execute(plan: Plan, progress: Progress) -> None:
    """Run every step in its order. What landed stays landed: the same command goes on after an error."""
    progress.columns = COLUMNS
    with progress:
        for step in plan.steps:
            task = progress.add_task(step.title, total=step.transactions)
            step.run(lambda landed, task=task: progress.advance(task, landed))  # type: ignore[misc]
            progress.update(task, completed=step.transactions)
