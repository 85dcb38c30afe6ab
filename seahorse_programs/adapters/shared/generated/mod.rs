//! Written by scripts/build_programs.

pub mod constants;
