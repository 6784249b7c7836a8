//! Composition of the telling stages: from what is untold to the complete list of messages.
