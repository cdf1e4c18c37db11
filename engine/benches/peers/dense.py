"""NumPy, dense: a row of numbers for each trial, a column of booleans for each gate."""

import numpy as np


def live(model, down):
    """By cohort, in which states it has a live way; `down` is failures by states."""
    states = down.shape[1]
    taken = {}
    for failure, takes in enumerate(model.takes):
        for one in takes:
            taken.setdefault(one, []).append(failure)
    holds = np.empty((len(model.normal), states), dtype=bool)
    for one, normal in enumerate(model.normal):
        holds[one] = normal
        if normal and one in taken:
            holds[one] = ~down[taken[one]].any(axis=0)
    for one, feeds in model.reserves:
        holds[one] = holds[feeds].any(axis=0)
    for one, regions in model.standbys:
        holds[one] = ~holds[regions].all(axis=0)
    on = np.empty((len(model.gates), states), dtype=bool)
    for gate, (sort, of, needed) in enumerate(model.gates):
        if sort == "and":
            np.logical_and.reduce(on[of], axis=0, out=on[gate])
        elif sort == "or":
            np.logical_or.reduce(on[of], axis=0, out=on[gate])
        elif sort == "input":
            on[gate] = holds[of]
        elif sort == "at_least":
            on[gate] = on[of].sum(axis=0) >= needed
        else:
            on[gate] = sort == "on"

    legs = [lives(leg, on) if leg["required"] else None for leg in model.legs]
    found = np.zeros((len(model.cohorts), states), dtype=bool)
    for n, cohort in enumerate(model.cohorts):
        for way in cohort["ways"]:
            every = [on[way["gate"]]] + [legs[leg] for leg in way["legs"] if legs[leg] is not None]
            found[n] |= np.logical_and.reduce(every)
    return found


def lives(leg, on):
    """In which states a leg has a route."""
    taken = [is_taken(route, on) for route in leg["routes"]]
    return np.logical_or.reduce(taken) if taken else np.zeros(on.shape[1], dtype=bool)


def is_taken(one, on):
    """In which states one of fixed alternatives is in use."""
    if not one.get("after"):
        return on[one["gate"]]
    return on[one["gate"]] & ~np.logical_or.reduce([is_taken(other, on) for other in one["after"]])


def working(model, states, at_once=4096):
    """Agents who have a live way, in each state."""
    counted, found = np.array(model.counted), []
    for begin in range(0, len(states), at_once):
        some = states[begin:begin + at_once]
        down = np.zeros((len(model.takes), len(some)), dtype=bool)
        for n, failed in enumerate(some):
            down[list(failed), n] = True
        found.append(counted @ live(model, down))
    return np.concatenate(found)


def sampled(model, trials, random, at_once=4096):
    """Agents lost in the mean: every component is asked in every trial."""
    counted, chances = np.array(model.counted), np.array(model.chances)[:, None]
    usual, lost = int(working(model, [[]])[0]), 0
    for begin in range(0, trials, at_once):
        some = min(at_once, trials - begin)
        down = random.random((len(chances), some)) < chances
        lost += usual * some - int((counted @ live(model, down)).sum())
    return lost / trials
