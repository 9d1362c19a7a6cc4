"""What a run leaves: blocks of runs, tables, their files, the manifest.  Reading a result needs nothing that plays."""
