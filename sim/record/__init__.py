"""What a run leaves: blocks of runs, tables, their files, the manifest.  Nothing here plays a world."""
