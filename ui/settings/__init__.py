"""The producer's name and the endpoints of this desk."""
