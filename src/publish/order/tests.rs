//! Tests of the order page on the example company.
