"""Reading results: measures with their intervals, survival, transitions.  Nothing here plays a world."""
