"""What is played and why: playtests, sweeps, experiments, tunings, and what they find."""
