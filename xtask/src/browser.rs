//! Which browsers run the cases, where each is, and what to do when one is missing.

use std::fmt;
use std::path::PathBuf;
use std::process::Command;

use crate::debian;
use crate::run::Outcome;

/// An engine of the web.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Browser {
    Chromium,
    Firefox,
    WebKitGtk,
}

/// Something that has to be there for a browser to run the cases.
struct Program {
    /// Read here, and passed on to the runner; none where the runner looks it up in `PATH` as well.
    variable: Option<&'static str>,
    /// In `PATH`.
    names: &'static [&'static str],
    /// Elsewhere; one `*` stands for any folder.
    places: &'static [&'static str],
}

impl Browser {
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKitGtk];

    /// As the runner knows it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKitGtk => "webkit",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|browser| browser.name() == name)
    }

    fn programs(self) -> &'static [Program] {
        match self {
            Self::Chromium => &[Program {
                variable: Some("SPRAT_CHROMIUM"),
                names: &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
                places: &[
                    "/Applications/Chromium.app/Contents/MacOS/Chromium",
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                ],
            }],
            Self::Firefox => &[Program {
                variable: Some("SPRAT_FIREFOX"),
                names: &["firefox-esr", "firefox"],
                places: &["/Applications/Firefox.app/Contents/MacOS/firefox"],
            }],
            Self::WebKitGtk => &[
                Program {
                    variable: Some("SPRAT_WEBKITGTK"),
                    names: &[],
                    places: &[
                        "/usr/lib/*/webkit2gtk-4.1/MiniBrowser",
                        "/usr/lib/webkit2gtk-4.1/MiniBrowser",
                        "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
                    ],
                },
                Program {
                    variable: Some("SPRAT_WEBKITGTK_DRIVER"),
                    names: &["WebKitWebDriver"],
                    places: &[],
                },
                Program { variable: None, names: &["Xvfb"], places: &[] },
            ],
        }
    }

    /// Debian's, which draw in what else is needed. WebKitGTK decodes by GStreamer, H.264 and AAC by its `libav`.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium"],
            Self::Firefox => &["firefox-esr"],
            Self::WebKitGtk => {
                &["webkit2gtk-driver", "xvfb", "gstreamer1.0-libav", "gstreamer1.0-plugins-bad"]
            }
        }
    }

    fn elsewhere(self) -> &'static str {
        match self {
            Self::Chromium => {
                "Fedora: sudo dnf install chromium. Arch: sudo pacman -S chromium. macOS: brew install --cask \
                 chromium. Or set SPRAT_CHROMIUM=/path/to/chromium"
            }
            Self::Firefox => {
                "Fedora: sudo dnf install firefox. Arch: sudo pacman -S firefox. macOS: brew install --cask firefox. \
                 Or set SPRAT_FIREFOX=/path/to/firefox"
            }
            Self::WebKitGtk => {
                "Other Linux: WebKitGTK 2.50 or later with its MiniBrowser and WebKitWebDriver, Xvfb, and GStreamer's \
                 libav and bad plug-ins; where they are not found, set SPRAT_WEBKITGTK=/path/to/MiniBrowser and \
                 SPRAT_WEBKITGTK_DRIVER=/path/to/WebKitWebDriver. It does not exist for macOS and Windows"
            }
        }
    }

    fn is_there(self) -> bool {
        self.programs().iter().all(|program| program.find().is_some())
    }
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKitGtk => "WebKitGTK",
        })
    }
}

impl Program {
    fn find(&self) -> Option<PathBuf> {
        if let Some(chosen) = self.variable.and_then(std::env::var_os) {
            return Some(PathBuf::from(chosen));
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        let in_path = std::env::split_paths(&path)
            .flat_map(|folder| self.names.iter().map(move |name| folder.join(name)));
        in_path.chain(self.places.iter().flat_map(|place| spelled_out(place))).find(|found| found.is_file())
    }
}

/// Sees to it that these browsers are there, and tells a runner where. What is missing is installed, or the failure says
/// what to install.
pub(crate) fn provide(browsers: &[Browser], runner: &mut Command) -> Outcome {
    let missing = browsers.iter().filter(|browser| !browser.is_there());
    debian::install(&missing.flat_map(|browser| browser.packages()).copied().collect::<Vec<_>>())?;
    for browser in browsers {
        for program in browser.programs() {
            let found = program.find().ok_or_else(|| advice(*browser))?;
            if let Some(variable) = program.variable {
                runner.env(variable, found);
            }
        }
    }
    Ok(())
}

fn advice(browser: Browser) -> String {
    format!(
        "the browser cases need {browser}. {}. {}. Others alone: cargo xtask test --browser NAME, of chromium, \
         firefox and webkit; none: cargo xtask test --quick",
        debian::advice(browser.packages()),
        browser.elsewhere(),
    )
}

/// The files that a path with at most one `*` for a folder stands for.
fn spelled_out(place: &str) -> Vec<PathBuf> {
    let Some((before, after)) = place.split_once("/*/") else {
        return vec![PathBuf::from(place)];
    };
    let Ok(entries) = std::fs::read_dir(before) else {
        return Vec::new();
    };
    entries.flatten().map(|entry| entry.path().join(after)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_in_a_place_stands_for_any_folder() {
        let root = env!("CARGO_MANIFEST_DIR").strip_suffix("xtask").expect("xtask lies in the repository");
        let found = spelled_out(&format!("{root}*/src/main.rs"));
        assert!(found.contains(&PathBuf::from(format!("{root}xtask/src/main.rs"))));
        assert_eq!(spelled_out("/a/b"), [PathBuf::from("/a/b")]);
    }

    #[test]
    fn what_is_missing_is_named() {
        for browser in Browser::ALL {
            let advice = advice(browser);
            assert!(browser.packages().iter().all(|package| advice.contains(package)), "{advice}");
            assert_eq!(Browser::named(browser.name()), Some(browser));
        }
    }
}
