//! Value types: one small file each, with its parser, its display and its tests.
