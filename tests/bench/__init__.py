"""What is measured, and against which goals: `python3 run.py bench [NAME]`.

A bench is a function in a module of this folder, marked with `@bench` (see `harness`). It returns the
figures of one round; the harness takes the median of three, and prints one JSON object. Figures are per CPU
second, so that they mean the same on a busy machine.
"""
