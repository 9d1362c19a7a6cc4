"""Sensitivity: which factors an outcome depends on, alone and together, and how sure that is."""
