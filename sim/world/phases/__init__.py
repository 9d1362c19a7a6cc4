"""What happens in a week, one phase a file; `engine.PHASES` has them in the order of the week."""
