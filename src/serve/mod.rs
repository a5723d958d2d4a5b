//! The preview: a built site on this computer's own loopback address, and word to the open pages when it has
//! been built anew. What is on disk stays as it was built; only what is sent to a browser has the script that
//! waits for the next build, and what went wrong with it.
//!
//! # Who may read it
//! The site shows prices and customers. It listens on 127.0.0.1 and nowhere else; there is no option for another
//! address. A page of somebody else's in the same browser must not read it either: a request has to name
//! this address as its host (else a foreign name that is made to resolve to 127.0.0.1 would do, "DNS rebinding"), what
//! another site's page asks for is refused (`search-data.js` is a script, and scripts may be loaded across sites), and
//! the answers carry the policies that the manual recommends for a web server.
//!
//! # Why `httparse` and threads
//! Requests are read by [`httparse`], the parser of hyper (MIT/Apache-2.0, no dependencies). hyper itself needs an
//! asynchronous runtime, and `deny.toml` keeps both out together with everything else that can open a connection
//! to somewhere: that gendan calls nobody is a promise. `tiny_http` has had no release since 2022 and puts no
//! limit on how long a client may take over a request. What remains to be done for `GET` and `HEAD` without bodies, with
//! one answer per connection, is small enough to be read in one sitting, and it is all here: bounds on size, time
//! and number in [`server`], paths in [`files`], what is sent in [`answer`].

pub mod answer;
pub mod files;
pub mod page;
pub mod request;
pub mod server;
pub mod stand;
pub mod watch;

mod deadline;
