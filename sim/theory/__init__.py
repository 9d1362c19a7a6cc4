"""Theory: pure functions of arrays, one idea a file, each with its source."""
