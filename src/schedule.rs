//! Decides which sources are due, and when each is due next. Pure: time is an argument.
