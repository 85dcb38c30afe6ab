//! What both adapters share. The build copies this folder into each program's crate as `src/shared`.

pub mod admin;
pub mod bytes;
pub mod divergence;
pub mod engine;
pub mod generated;
pub mod limits;
pub mod pin;
pub mod price;
pub mod pyth;
pub mod refusal;
pub mod switchboard;
