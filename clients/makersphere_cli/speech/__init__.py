"""What is said to the person at the terminal: words, causes and mistakes."""
