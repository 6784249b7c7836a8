//! The world as known: memberships, warrants, rulings, cases; and which reports are of one development.
