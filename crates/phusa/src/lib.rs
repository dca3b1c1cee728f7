//! The binary, one file per subcommand.
