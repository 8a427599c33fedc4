Only notes here.
