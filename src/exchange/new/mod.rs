//! Texts of new files: an order, a customer, a supplier, a forwarder.
