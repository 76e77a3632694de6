//! Zip archives that people install: everything in one folder named `sprat`, and the same input gives the same bytes.

use std::fmt::Display;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::run::Outcome;
use crate::tree;

/// Packs what is in `folder` to the archive at `path`.
pub(crate) fn pack(folder: &Path, path: &Path) -> Outcome {
    let failed = |path: &Path, error: &dyn Display| format!("{}: {error}", path.display());
    let mut archive = ZipWriter::new(File::create(path).map_err(|error| failed(path, &error))?);
    for file in tree::files(folder) {
        // One date for all (the format's first).
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        let bytes = std::fs::read(&file).map_err(|error| failed(&file, &error))?;
        let name = format!("sprat/{}", relative(&file, folder));
        archive.start_file(name, options).map_err(|error| failed(path, &error))?;
        archive.write_all(&bytes).map_err(|error| failed(path, &error))?;
    }
    archive.finish().map(drop).map_err(|error| failed(path, &error))
}

/// Names in archives have forward slashes on every system.
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
