"""With capacities: everybody on the first of his ways where that fits; else a linear
program of SciPy's HiGHS.

Two programs: `order`, which is the question that Outlast answers (agents counted towards
the objectives by priority, then by class), and `most`, one program that only asks for
the most agents and so answers an easier one.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from model import MILLION, admits, is_taken, members

SLACK = 1e-6


class Allocator:
    """Allocates state by state; what a cohort may choose is kept by what it looks at."""

    def __init__(self, model, question):
        self.model = model
        self.grade = model.document["grade_of_service"]
        self.ask = {"order": self._order, "most": self._most}[question]
        self.looks = [self._looks(cohort) for cohort in model.cohorts]
        self.known = [{} for _ in model.cohorts]
        self.solved = 0

    def working(self, states):
        """Agents who work, in each state."""
        return [self._state(failed) for failed in states]

    def _state(self, failed):
        on = self.model.on(failed)
        offers = [self._offer(n, on) for n in range(len(self.model.cohorts))]
        capacity = [self._capacity(one, on) for one in self.model.resources]
        first = [0] * len(capacity)
        for cohort, choices in zip(self.model.cohorts, offers):
            if choices:
                for resource, load in choices[0]["loads"].items():
                    first[resource] += load * cohort["agents"]
        if all(limit is None or load <= limit for load, limit in zip(first, capacity)):
            return sum(agents for agents, choices in zip(self.model.counted, offers) if choices)
        self.solved += 1
        return self._program(offers, capacity)

    # What there is to choose from.

    def _looks(self, cohort):
        """The gates that a cohort looks at."""
        gates = set()
        for way in cohort["ways"]:
            gates.add(way["gate"])
            loads = list(way["loads"])
            for leg in way["legs"]:
                ahead = list(self.model.legs[leg]["routes"])
                while ahead:
                    one = ahead.pop()
                    gates.add(one["gate"])
                    ahead.extend(one.get("after", []))
                    loads += one.get("loads", [])
            for resource in {load[0] for load in loads}:
                for member in members(self.model.resources[resource]):
                    gates.update(member["gates"])
        return sorted(gates)

    def _offer(self, cohort, on):
        key = bytes(on[gate] for gate in self.looks[cohort])
        known = self.known[cohort]
        if key not in known:
            known[key] = self._choices(self.model.cohorts[cohort], on)
        return known[key]

    def _choices(self, cohort, on):
        found = []
        if not cohort["agents"]:
            return found
        for way in cohort["ways"]:
            if not on[way["gate"]]:
                continue
            legs = self._live_legs(way, cohort, on)
            if legs is None:
                continue
            for loads, once, dropped in self._combinations(legs):
                whole = self._loads(way["loads"], cohort, on)
                for resource, load in loads.items():
                    whole[resource] = whole.get(resource, 0) + load
                for resource, load in once.items():
                    whole[resource] = max(whole.get(resource, 0), load)
                whole = {r: load for r, load in whole.items() if self.model.matters[r]}
                found.append({"loads": whole, "passes": self._passes(whole), "dropped": dropped})
        found.sort(key=lambda choice: (-choice["passes"], choice["dropped"]))
        return found

    def _live_legs(self, way, cohort, on):
        """For each leg its live routes: loads, what is held once, whether it is left out."""
        legs, held = [], set()
        for place in way["legs"]:
            leg = self.model.legs[place]
            routes = []
            for route in leg["routes"]:
                if is_taken(route, on):
                    loads = self._loads(route["loads"], cohort, on)
                    once = {r: loads[r] for r in loads if self.model.resources[r]["once"]}
                    loads = {r: loads[r] for r in loads if r not in once}
                    routes.append((loads, once, 0))
            if not routes and leg["required"]:
                return None
            if routes:
                legs.append((leg["required"], routes))
                if leg["required"]:
                    held |= set.intersection(*(set(once) for _, once, _ in routes))
        for required, routes in legs:
            if not required and any(
                self._may_refuse(r) and r not in held for loads, once, _ in routes for r in (*loads, *once)
            ):
                routes.append(({}, {}, 1))
        return [routes for _, routes in legs]

    def _may_refuse(self, resource):
        one = self.model.resources[resource]
        return one["refuses"] and one["capacity"] != "unlimited"

    def _loads(self, loads, cohort, on):
        whole = {}
        for resource, held, in_call in loads:
            load = held + -(-in_call * cohort["occupancy"] // MILLION)
            whole[resource] = whole.get(resource, 0) + load
            one = self.model.resources[resource]
            if one.get("shared_by"):
                of = members(one)
                up = [m for m in of if all(on[gate] for gate in m["gates"])]
                if not up or any("has" not in member for member in up):
                    continue
                all_bits = sum(member["has"] for member in up)
                for place, alone in one["shared_by"]:
                    if of[place] in up and of[place]["has"]:
                        part = -(-load * of[place]["has"] // all_bits)
                        whole[alone] = whole.get(alone, 0) + part
        return {resource: load for resource, load in whole.items() if load}

    def _combinations(self, legs):
        """A route for each leg; of those that load no less for no more, the first."""
        matters = self.model.matters
        kept = [({}, {}, 0)]
        for routes in legs:
            longer = []
            for loads, once, dropped in kept:
                for more, more_once, without in routes:
                    sums, holds = dict(loads), dict(once)
                    for r, load in more.items():
                        if matters[r]:
                            sums[r] = sums.get(r, 0) + load
                    for r, load in more_once.items():
                        if matters[r]:
                            holds[r] = max(holds.get(r, 0), load)
                    new = (sums, holds, dropped + without)
                    if not any(_covers(old, new) for old in longer):
                        longer.append(new)
            kept = longer
        return kept

    def _passes(self, loads):
        through = MILLION
        for resource in loads:
            if "channels" in self.model.resources[resource]["capacity"]:
                through = through * (MILLION - self.grade) // MILLION
        return through

    def _capacity(self, resource, on):
        if self.model.roomy or resource["capacity"] == "unlimited":
            return None
        (sort, has), = resource["capacity"].items()
        if sort == "fixed":
            return has
        up = [member.get("has") for member in has if all(on[gate] for gate in member["gates"])]
        if sort == "channels":
            return admits(sum(up), self.grade)
        if sort == "first":
            return up[0] if up else 0
        return None if None in up else sum(up)

    # The program.

    def _program(self, offers, capacity):
        cohorts = self.model.cohorts
        most = [0] * len(capacity)
        for cohort, choices in zip(cohorts, offers):
            largest = {}
            for choice in choices:
                for resource, load in choice["loads"].items():
                    largest[resource] = max(largest.get(resource, 0), load)
            for resource, load in largest.items():
                most[resource] += load * cohort["agents"]
        binding = {r for r, c in enumerate(capacity) if c is not None and most[r] > c}
        columns, placed, bound = [], [], []
        for n, choices in enumerate(offers):
            if not choices:
                continue
            if not binding.intersection(choices[0]["loads"]) and len(self._queues(n)) < 2:
                placed.append((n, choices[0]["passes"]))
                continue
            bound.append(n)
            kept = []
            for choice in choices:
                loads = {r: load for r, load in choice["loads"].items() if r in binding}
                if not any(all(l <= loads.get(r, 0) for r, l in old.items()) for old, _ in kept):
                    kept.append((loads, choice["passes"]))
            columns += [(n, loads, passes) for loads, passes in kept]
        fixed = sum(self.model.counted[n] for n, _ in placed)
        rows = self._rows(columns, bound, binding, capacity)
        return fixed + self.ask(columns, bound, placed, rows)

    def _queues(self, cohort):
        objectives = self.model.objectives
        own = self.model.cohorts[cohort]["objectives"]
        return [n for n in own if objectives[n]["leads"] and not objectives[n]["overall"]]

    def _rows(self, columns, bound, binding, capacity):
        """Nobody is in two places, and nothing is over its capacity."""
        rows = [({}, self.model.cohorts[n]["agents"]) for n in bound]
        place = {n: row for row, n in enumerate(bound)}
        of = {r: len(rows) + row for row, r in enumerate(sorted(binding))}
        rows += [({}, capacity[r]) for r in sorted(binding)]
        for column, (n, loads, _) in enumerate(columns):
            rows[place[n]][0][column] = 1
            for resource, load in loads.items():
                rows[of[resource]][0][column] = load
        return [scaled(row, limit) for row, limit in rows if row]

    def _most(self, columns, _bound, _placed, rows):
        gain = [1.0 if self.model.counted[n] else 0.0 for n, _, _ in columns]
        return int(solve(gain, rows, [None] * len(columns)) + SLACK)

    def _order(self, columns, bound, placed, rows):
        """Stage by stage, each of which leaves the earlier ones what they have."""
        model, rows, bounds = self.model, list(rows), [None] * len(columns)
        counting, parts = {}, {}
        for t, objective in enumerate(model.objectives):
            if not objective["leads"]:
                continue
            have = sum(self._counts(t, n, passes) for n, passes in placed)
            counting[t] = len(bounds)
            bounds.append(objective["need"])
            row = {counting[t]: 1.0}
            for column, (n, _, passes) in enumerate(columns):
                share = self._counts(t, n, passes, 1)
                if not share:
                    continue
                if not objective["overall"] and len(self._queues(n)) > 1:
                    # An agent of several queues counts for one of them.
                    row[len(bounds)] = -share
                    parts.setdefault(column, {column: -1.0})[len(bounds)] = 1.0
                    bounds.append(model.cohorts[n]["agents"])
                else:
                    row[column] = -share
            rows.append((row, have))
        rows += [(row, 0) for row in parts.values()]
        working = 0
        for gain, of_class in self._stages(columns, bound, counting):
            dense = np.zeros(len(bounds))
            dense[list(gain)] = list(gain.values())
            value = np.floor(solve(dense, rows, bounds) + SLACK / 2)
            rows.append(({column: -g for column, g in gain.items()}, -(value - SLACK)))
            if of_class is not None:
                working += int(value)
        return working

    def _counts(self, objective, cohort, passes, agents=None):
        one, who = self.model.objectives[objective], self.model.cohorts[cohort]
        if objective not in who["objectives"]:
            return 0
        share = 1.0 if one["counts_working"] else passes / MILLION
        return share * (who["agents"] if agents is None else agents)

    def _stages(self, columns, bound, counting):
        objectives, cohorts = self.model.objectives, self.model.cohorts
        of_queues = {}
        for t in counting:
            if not objectives[t]["overall"]:
                of_queues.setdefault(objectives[t]["priority"], []).append(t)
        lists = [of_queues[priority] for priority in sorted(of_queues)]
        lists.append([t for t in counting if objectives[t]["overall"]])
        for targets in lists:
            if targets:
                yield {counting[t]: 1.0 for t in targets}, None
        for of_class in sorted({cohorts[n]["priority"] for n in bound}):
            mine = [c for c, (n, _, _) in enumerate(columns) if cohorts[n]["priority"] == of_class]
            yield {column: 1.0 for column in mine}, of_class


def scaled(row, limit):
    """A row by its largest coefficient, so that bit/s and seats meet."""
    scale = max(row.values())
    return {column: value / scale for column, value in row.items()}, limit / scale


def solve(gain, rows, bounds):
    """The most that a program comes to."""
    at = [(n, column, value) for n, (row, _) in enumerate(rows) for column, value in row.items()]
    n, column, value = zip(*at)
    matrix = csr_array((value, (n, column)), shape=(len(rows), len(bounds)))
    limits = [limit for _, limit in rows]
    found = linprog(-np.asarray(gain), A_ub=matrix, b_ub=limits,
                    bounds=[(0, bound) for bound in bounds], method="highs")
    if found.status != 0:
        raise SystemExit(f"HiGHS: {found.message}")
    return -found.fun


def _covers(old, new):
    """Whether a combination does at least what another does with no more of anything."""
    within = all(load <= new[0].get(r, -1) for r, load in old[0].items())
    return within and old[2] <= new[2] and all(l <= new[1].get(r, -1) for r, l in old[1].items())
