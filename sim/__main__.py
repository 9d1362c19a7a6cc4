"""``python -m sim``: the command ``parley``."""

from sim.cli import main

if __name__ == "__main__":
    main(prog_name="parley")
