//! The folder that people host, as `www/folder.mjs` puts it together: packed for them, and tested behind web servers.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::browser::{self, Browser};
use crate::run::{Outcome, node, quiet, shown, step};
use crate::tree;

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
pub(crate) fn zip() -> Outcome {
    let folder = tree::root().join("target/selfhosted");
    quiet(node(tree::root().join("www/folder.mjs")).arg(&folder))?;
    pack(&folder, &tree::root().join("dist/sprat-selfhosted.zip"))
}

/// `dist/sprat-wordpress.zip`: the plugin with this player, as WordPress installs it.
pub(crate) fn wordpress() -> Outcome {
    let folder = tree::root().join("target/wordpress");
    quiet(node(tree::root().join("www/wordpress.mjs")).arg(&folder))?;
    pack(&folder, &tree::root().join("dist/sprat-wordpress.zip"))
}

fn pack(folder: &Path, path: &Path) -> Outcome {
    let failed = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut archive = ZipWriter::new(File::create(path).map_err(|error| failed(path, &error))?);
    for file in tree::files(folder) {
        // One date for all (the format's first): the same input gives the same archive.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        let bytes = std::fs::read(&file).map_err(|error| failed(&file, &error))?;
        let name = format!("sprat/{}", relative(&file, folder));
        archive.start_file(name, options).map_err(|error| failed(path, &error))?;
        archive.write_all(&bytes).map_err(|error| failed(path, &error))?;
    }
    archive.finish().map(drop).map_err(|error| failed(path, &error))
}

/// Runs the folder behind each of the servers: the runner to observe, once they and Chromium are there.
pub(crate) fn behind_servers() -> Outcome<Command> {
    let missing = || SERVERS.iter().filter(|server| !Path::new(server.program).is_file());
    if missing().next().is_some() && Path::new("/etc/debian_version").exists() && browser::is_root() {
        install(&missing().map(|server| server.package).collect::<Vec<_>>())?;
    }
    if let Some(server) = missing().next() {
        return Err(format!(
            "the folder is tested behind {}. Debian: sudo apt-get install {}",
            server.name, server.package
        ));
    }
    let mut command = node(tree::root().join("playwright/hosting/run.mjs"));
    browser::provide(&[Browser::Chromium], &mut command)?;
    Ok(command)
}

/// Without their services: Debian starts a server once it is installed, unless a policy says no.
fn install(packages: &[&str]) -> Outcome {
    step(format!("installing {} by apt", packages.join(", ")), || {
        let policy = Policy::forbid_services()?;
        shown(Command::new("apt-get").args(["update", "-q"]))?;
        let mut command = Command::new("apt-get");
        command.args(["install", "-q", "-y", "--no-install-recommends"]).args(packages);
        let installed = shown(command.env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1"));
        drop(policy);
        installed
    })
}

/// `/usr/sbin/policy-rc.d` that answers "not allowed", for as long as this lives; another's is left as it is.
struct Policy(Option<PathBuf>);

impl Policy {
    fn forbid_services() -> Outcome<Self> {
        let path = PathBuf::from("/usr/sbin/policy-rc.d");
        if path.exists() {
            return Ok(Self(None));
        }
        std::fs::write(&path, "#!/bin/sh\nexit 101\n")
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let policy = Self(Some(path.clone()));
        quiet(Command::new("chmod").arg("755").arg(&path))?;
        Ok(policy)
    }
}

impl Drop for Policy {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // Nothing depends on it but the next installation, whose administrator will see it.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Zip names have forward slashes on every system.
fn relative(path: &Path, base: &Path) -> String {
    path.strip_prefix(base).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_folder_gives_the_same_archive_with_all_of_it() {
        let folder = std::env::temp_dir().join(format!("sprat-zip-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("in/instance")).expect("a temporary folder");
        for name in ["in/.htaccess", "in/sprat.js", "in/instance/video.html"] {
            std::fs::write(folder.join(name), name).expect("a temporary file");
        }
        for zip in ["one.zip", "two.zip"] {
            pack(&folder.join("in"), &folder.join(zip)).expect("an archive");
        }
        let read = |name| std::fs::read(folder.join(name)).expect("an archive");
        assert_eq!(read("one.zip"), read("two.zip"));
        let archive =
            zip::ZipArchive::new(File::open(folder.join("one.zip")).expect("a file")).expect("a zip");
        let mut names: Vec<_> = archive.file_names().collect();
        names.sort_unstable();
        assert_eq!(names, ["sprat/.htaccess", "sprat/instance/video.html", "sprat/sprat.js"]);
        std::fs::remove_dir_all(folder).expect("ours to remove");
    }
}
