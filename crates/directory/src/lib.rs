//! Units through time, people, accounts, sessions and permissions.
