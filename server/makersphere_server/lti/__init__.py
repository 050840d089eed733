"""Grades to a learning platform by LTI 1.3: who comes from it, in which seat they sit, and what it is sent of them."""
