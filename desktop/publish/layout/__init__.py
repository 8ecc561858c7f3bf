"""The reader layout at scale: a page as objects under one head, on buckets, web folders and folders of this machine."""
