//! The folder that people host, as `www/folder.mjs` puts it together: packed for them, and tested behind web servers.

use std::path::Path;
use std::process::Command;

use crate::browser::{self, Browser};
use crate::run::{Outcome, node, quiet};
use crate::{archive, debian, tree};

/// A web server whose settings we ship, as Debian has it.
struct Server {
    name: &'static str,
    program: &'static str,
    package: &'static str,
}

const SERVERS: [Server; 3] = [
    Server { name: "nginx", program: "/usr/sbin/nginx", package: "nginx-light" },
    Server { name: "Caddy", program: "/usr/bin/caddy", package: "caddy" },
    Server { name: "Apache", program: "/usr/sbin/apache2", package: "apache2" },
];

/// `dist/sprat-selfhosted.zip`, with everything under one folder.
pub(crate) fn pack() -> Outcome {
    let folder = tree::root().join("target/selfhosted");
    quiet(node(tree::root().join("www/folder.mjs")).arg(&folder))?;
    archive::pack(&folder, &tree::root().join("dist/sprat-selfhosted.zip"))
}

/// Runs the folder behind each of the servers: the runner to observe, once they and Chromium are there.
pub(crate) fn behind_servers() -> Outcome<Command> {
    let missing = || SERVERS.iter().filter(|server| !Path::new(server.program).is_file());
    debian::install(&missing().map(|server| server.package).collect::<Vec<_>>())?;
    if let Some(Server { name, package, .. }) = missing().next() {
        return Err(format!("the folder is tested behind {name}. {}", debian::advice(&[package])));
    }
    let mut command = node(tree::root().join("playwright/hosting/run.mjs"));
    browser::provide(&[Browser::Chromium], &mut command)?;
    Ok(command)
}
