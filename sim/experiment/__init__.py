"""Playing many worlds: blocks of replicates, here or on other workers."""
