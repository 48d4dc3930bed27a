//! What is kept: profiles in a file, secrets in a real credential store.

mod profiles;
mod secrets;
