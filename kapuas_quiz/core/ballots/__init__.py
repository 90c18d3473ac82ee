"""Practice ballots: their data, what can be seen on them, the rules that judge them, and their picture."""
