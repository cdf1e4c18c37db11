"""What `outlast compile PLAN --format json` writes, as every peer here reads it.

Nothing in this file is timed: a peer begins with the lists that it likes best.
"""

import json
from functools import lru_cache

MILLION = 1_000_000


class Model:
    """A compiled plan, without the gates that nobody looks at."""

    def __init__(self, path, room):
        with open(path) as file:
            self.document = document = json.load(file)
        if document["sessions_survive_login_loss"]:
            raise SystemExit("no peer models sessions that survive the login")
        self.roomy = not room
        self.failures = document["failures"]
        self.takes = [failure["takes"] for failure in self.failures]
        self.chances = [failure["chance_e15"] / 1e15 for failure in self.failures]
        self.resources = document["resources"]
        self.cohorts = document["cohorts"]
        self.objectives = document["objectives"]
        self.legs = document["legs"]
        network = document["network"]
        self.normal = [signal["holds"] for signal in network["inputs"]]
        self.reserves = [(one["input"], one["feeds"]) for one in network["reserves"]]
        self.standbys = [(one["input"], one["regions"]) for one in network["standbys"]]
        self._gates(network["gates"])
        self.counted = [c["agents"] if c["counted"] else 0 for c in self.cohorts]
        self.matters = self._matters()

    def _gates(self, gates):
        """Keeps the gates in use, in order: `(sort, operands, k)`."""
        used, ahead = set(), list(self._roots())
        while ahead:
            gate = ahead.pop()
            if gate not in used:
                used.add(gate)
                ahead.extend(_operands(gates[gate]))
        place = {gate: n for n, gate in enumerate(sorted(used))}
        self.gates = [_gate(gates[gate], place) for gate in sorted(used)]
        self._rename(place)

    def _roots(self):
        for one in self._named():
            yield from one[1] if isinstance(one[1], list) else [one[1]]

    def _named(self):
        """Everything that names gates: who, and which."""
        for cohort in self.cohorts:
            for way in cohort["ways"]:
                yield way, way["gate"]
        for leg in self.legs:
            ahead = list(leg["routes"])
            while ahead:
                one = ahead.pop()
                yield one, one["gate"]
                ahead.extend(one.get("after", []))
        for resource in self.resources:
            for member in members(resource):
                yield member, member["gates"]

    def _rename(self, place):
        for one, gates in list(self._named()):
            if isinstance(gates, list):
                one["gates"] = [place[gate] for gate in gates]
            else:
                one["gate"] = place[gates]

    def _matters(self):
        """Resources that some state may exhaust, and those that block calls."""
        most = [0] * len(self.resources)
        for cohort in self.cohorts:
            worst = [0] * len(self.resources)
            for way in cohort["ways"]:
                own = [0] * len(self.resources)
                loads = list(way["loads"])
                for leg in way["legs"]:
                    loads += [load for route in self.legs[leg]["routes"] for load in route["loads"]]
                for resource, held, in_call in loads:
                    own[resource] += held + in_call
                    for _, alone in self.resources[resource].get("shared_by", []):
                        own[alone] += held + in_call
                worst = [max(pair) for pair in zip(worst, own)]
            most = [a + cohort["agents"] * b for a, b in zip(most, worst)]
        return [self._may_bind(r, n) for r, n in zip(self.resources, most)]

    def _may_bind(self, resource, most):
        if self.roomy or resource["capacity"] == "unlimited":
            return False
        (sort, has), = resource["capacity"].items()
        if sort == "fixed":
            return most > has
        if sort == "channels":
            return True
        least = [member["has"] for member in has if "has" in member]
        return bool(least) and most > min(least)

    def inputs(self, failed):
        """Which inputs hold in a state."""
        holds = self.normal.copy()
        for failure in failed:
            for one in self.takes[failure]:
                holds[one] = False
        for one, feeds in self.reserves:
            holds[one] = any(holds[feed] for feed in feeds)
        for one, regions in self.standbys:
            holds[one] = not all(holds[region] for region in regions)
        return holds

    def on(self, failed):
        """Which gates are on in a state, one after the other."""
        holds, on = self.inputs(failed), []
        for sort, of, needed in self.gates:
            if sort == "and":
                on.append(all(on[gate] for gate in of))
            elif sort == "or":
                on.append(any(on[gate] for gate in of))
            elif sort == "input":
                on.append(holds[of])
            elif sort == "at_least":
                on.append(sum(on[gate] for gate in of) >= needed)
            else:
                on.append(sort == "on")
        return on


def members(resource):
    """The parts of a capacity."""
    capacity = resource["capacity"]
    if isinstance(capacity, str) or "fixed" in capacity:
        return []
    return next(iter(capacity.values()))


def is_taken(one, on):
    """Whether one of fixed alternatives is in use."""
    return on[one["gate"]] and not any(is_taken(other, on) for other in one.get("after", []))


def _operands(gate):
    if isinstance(gate, str) or "input" in gate:
        return []
    if "at_least" in gate:
        return gate["at_least"][1]
    return next(iter(gate.values()))


def _gate(gate, place):
    if isinstance(gate, str):
        return gate, [], 0
    (sort, of), = gate.items()
    if sort == "input":
        return sort, of, 0
    needed, of = of if sort == "at_least" else (0, of)
    return sort, [place[one] for one in of], needed


@lru_cache(maxsize=None)
def admits(channels, grade):
    """The largest load, in thousandths of an erlang, that so many channels admit."""

    def blocking(load):
        a, b = load / 1000, 1.0
        for n in range(1, channels + 1):
            b = a * b / (n + a * b)
        return b

    limit = grade / MILLION
    low, high = 0, (channels + 1) * 2000
    while blocking(high) <= limit:
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if blocking(middle) <= limit else (low, middle)
    return low
