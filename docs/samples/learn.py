"""A learner of seventy lines: REINFORCE (Williams 1992) on a table of phases and actions, in plain NumPy.

    python docs/samples/learn.py [--scenario classroom] [--seats 12] [--seat 12] [--games 300] [--seed 1]

One seat learns, standard bots play the others. What it knows is a number for each part of a move in each phase, after
the command that it belongs to; it draws parts by their softmax, and after each game moves the numbers towards what it
did when the game went better than usual. Prints the mean score of each twentieth of the run.
Needs `pip install 'makersphere[rl]'`.
"""

from __future__ import annotations

import argparse
import signal

import numpy as np

from makersphere_playtest.learning.env import Environment

RATE = 0.4  # of a step
ENTROPY = 0.97  # how much of the numbers is kept from game to game: without it, chance freezes early


class Learner:
    """A softmax policy by phase, and by the command and the field that are being said."""

    def __init__(self, environment: Environment, seed: int) -> None:
        """Begin without any liking."""
        self.rng = np.random.default_rng(seed)
        self.liking: dict[str, np.ndarray] = {}
        self.size = environment.actions.size
        self.usual, self.spread = 0.0, 1.0

    def chances(self, asked: str, mask: np.ndarray) -> np.ndarray:
        """Return how likely each action is."""
        liking = self.liking.setdefault(asked, np.zeros(self.size))
        weights = np.where(mask, np.exp(liking - liking[mask == 1].max()), 0.0)
        return weights / weights.sum()

    def play(self, environment: Environment, agent: str, seed: int, *, learns: bool = True) -> float:
        """Play a game and learn from it; return its score in hundreds."""
        observed, infos = environment.reset(seed)
        done: list[tuple[str, int, np.ndarray]] = []
        total = 0.0
        while environment.agents:
            said = infos[agent]["said"]
            asked = f"{infos[agent]['phase']} {said[0] if said else ''} {len(said)}"
            chances = self.chances(asked, observed[agent]["action_mask"])
            action = int(self.rng.choice(self.size, p=chances))
            done.append((asked, action, chances))
            observed, rewards, _, _, infos = environment.step({agent: action})
            total += rewards[agent]
        if learns:
            self.learn(done, total)
        return total

    def learn(self, done: list[tuple[str, int, np.ndarray]], total: float) -> None:
        """Move the numbers of what was done, up if the game was better than usual, down if worse."""
        better = (total - self.usual) / self.spread
        self.usual += 0.05 * (total - self.usual)
        self.spread += 0.05 * (abs(total - self.usual) - self.spread)
        for asked, action, chances in done:
            step = -chances
            step[action] += 1
            self.liking[asked] += RATE * better * step / len(done) ** 0.5


def main() -> None:
    """Answer one command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenario", default="classroom")
    for name, default in (("seats", 12), ("seat", 12), ("games", 300), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    environment = Environment(asked.scenario, asked.seats, learners=(asked.seat,))
    learner, agent = Learner(environment, asked.seed), f"seat_{asked.seat}"
    before = [learner.play(environment, agent, asked.seed + game, learns=False) for game in range(20)]
    print(f"at random: {np.mean(before):.2f}")
    block = max(asked.games // 20, 1)
    scores: list[float] = []
    for game in range(asked.games):
        scores.append(learner.play(environment, agent, 10_000 + game))
        if (game + 1) % block == 0:
            print(f"{game + 1:>6} {np.mean(scores[-block:]):.2f}", flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it, without a word
    main()
