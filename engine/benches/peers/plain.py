"""Plain Python: one state after the other, no capacities."""

from model import is_taken


def working(model, states):
    """Agents who have a live way, in each state."""
    found = []
    for failed in states:
        on = model.on(failed)
        legs = [
            not leg["required"] or any(is_taken(route, on) for route in leg["routes"])
            for leg in model.legs
        ]
        found.append(sum(
            agents
            for cohort, agents in zip(model.cohorts, model.counted)
            if any(on[way["gate"]] and all(legs[leg] for leg in way["legs"]) for way in cohort["ways"])
        ))
    return found


def sampled(model, trials, random):
    """Agents lost in the mean: every component is asked in every trial."""
    chances = list(enumerate(model.chances))
    draw = random.random
    states = [[n for n, chance in chances if draw() < chance] for _ in range(trials)]
    usual, = working(model, [[]])
    return usual - sum(working(model, states)) / trials
