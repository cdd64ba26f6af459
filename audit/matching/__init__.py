"""Finding: all indicators compiled once, one pass over a text, facts only."""
