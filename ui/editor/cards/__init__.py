"""Cards: what stands between runs of prose, one class for each kind of block."""
