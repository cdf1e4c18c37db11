"""NumPy, sparse: only what fails is drawn, and each state that comes is looked at once."""

import numpy as np

import dense


def draw(model, trials, random):
    """The distinct states with a failure among so many trials, and how often each came."""
    chances = np.array(model.chances)
    hits = random.binomial(trials, chances)
    trial = np.concatenate([random.choice(trials, n, replace=False) for n in hits])
    failure = np.repeat(np.arange(len(chances)), hits)
    order = np.lexsort((failure, trial))
    trial, failure = trial[order], failure[order]
    ends = np.flatnonzero(np.diff(trial)) + 1
    counts = {}
    for failed in np.split(failure, ends):
        key = failed.tobytes()
        counts[key] = counts.get(key, 0) + 1
    states = [np.frombuffer(key, dtype=failure.dtype).tolist() for key in counts]
    return states, np.array(list(counts.values()))


def sampled(model, trials, random, working=dense.working):
    """Agents lost in the mean."""
    states, counts = draw(model, trials, random)
    usual, = working(model, [[]])
    lost = usual - np.asarray(working(model, states))
    return float(lost @ counts) / trials
