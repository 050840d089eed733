"""What a teacher gets for a scenario beside its rules: what is to be learnt, what is asked, what usually happens."""
