//! Every command from outside: exit codes, and what goes to stdout and what to stderr.
