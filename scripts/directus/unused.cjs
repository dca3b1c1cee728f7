// In the place of a package of Directus's that nothing here uses.
