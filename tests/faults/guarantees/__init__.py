"""The page of guarantees: the figures of the last long runs, kept and put under the promises that they are about."""
