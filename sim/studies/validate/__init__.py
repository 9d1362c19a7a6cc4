"""The validation catalogue: exact results, laws of played worlds, patterns of past wars, held against the program."""
