"""The pages: what each tab says and offers, from a scene alone."""
