"""The REST routes, a file for each kind of resource; each exports `routes`."""
