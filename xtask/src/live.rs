//! `cargo xtask bench live`: a real live, from an encoder through a media server to the player. Sees to it that both are
//! there; what is watched stands in `playwright/bench/live.mjs`.

use crate::browser::{self, Browser};
use crate::npm::{self, Packages};
use crate::run::{Outcome, node, quiet, shown};
use crate::site::{self, Profile};
use crate::{debian, tree};
use std::path::Path;
use std::process::Command;

/// Debian's: the encoder, the server, and its module that takes a broadcast.
const PACKAGES: &[&str] = &["ffmpeg", "nginx-light", "libnginx-mod-rtmp"];
/// Where they have to be, or what to name in their place.
const FILES: &[(&str, &[&str])] = &[
    ("SPRAT_NGINX", &["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"]),
    (
        "SPRAT_NGINX_RTMP",
        &["/usr/lib/nginx/modules/ngx_rtmp_module.so", "/usr/lib64/nginx/modules/ngx_rtmp_module.so"],
    ),
];

/// Watches a live for so many minutes.
pub(crate) fn live(minutes: Option<&str>) -> Outcome {
    npm::install(Packages::Playwright)?;
    let mut command = node(tree::root().join("playwright/bench/live.mjs"));
    browser::provide(&[Browser::Chromium], &mut command)?;
    provide(&mut command)?;
    site::build(Profile::Release)?;
    if let Some(minutes) = minutes {
        command.args(["--minutes", minutes]);
    }
    shown(&mut command)
}

/// Tells the bench where encoder and server are. What is missing is installed, or the failure says what to install.
fn provide(command: &mut Command) -> Outcome {
    if !is_there() {
        debian::install(PACKAGES)?;
    }
    if !is_there() {
        return Err(format!(
            "the live needs ffmpeg with libx264, and nginx with its RTMP module. {}. Elsewhere set \
             SPRAT_NGINX=/path/to/nginx and SPRAT_NGINX_RTMP=/path/to/ngx_rtmp_module.so",
            debian::advice(PACKAGES)
        ));
    }
    for (variable, places) in FILES {
        if let Some(found) = find(variable, places) {
            command.env(variable, found);
        }
    }
    Ok(())
}

fn is_there() -> bool {
    let encoder = quiet(Command::new("ffmpeg").arg("-version")).is_ok();
    encoder && FILES.iter().all(|(variable, places)| find(variable, places).is_some())
}

fn find(variable: &str, places: &[&str]) -> Option<String> {
    let named = std::env::var(variable).ok();
    named.into_iter().chain(places.iter().map(|p| (*p).to_owned())).find(|p| Path::new(p).is_file())
}
