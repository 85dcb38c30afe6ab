"""What does not fit, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A difference between what was found and what follows from the rest."""

    place: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.place}: {self.found}, expected {self.expected}"


class Problems:
    """Problems in the order of finding."""

    def __init__(self) -> None:
        self.all: list[Problem] = []

    def add(self, place: str, expected: object, found: object) -> None:
        """Note a problem."""
        self.all.append(Problem(place, str(expected), str(found)))

    def compare(self, place: str, expected: object, found: object) -> None:
        """Note a problem unless both are equal."""
        if expected != found:
            self.add(place, expected, found)
