//! What comes in and goes out in other forms than the data root's own: generated example data.

pub mod demo;
