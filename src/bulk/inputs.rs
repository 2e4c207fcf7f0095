//! Which files there are, and where each is written.

use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

/// A file to redact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// Its path below the folder or the fixed part of the pattern that it was found by, with `/`: its name in the output folder too.
    pub name: String,
    /// Its length in bytes.
    pub len: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub modified: u128,
}

/// The files that `patterns` mean: files, folders with all that is in them, or patterns with `*`, `?`, `[...]` and `**`. In folders and by
/// patterns, names that begin with a point or an underscore are passed over, as other programs put their own notes there, and so is
/// `output` with all that is in it.
///
/// # Errors
/// [`Error::OptionInvalid`] for a pattern that is none or finds nothing, and for two files that would be written to one place or over
/// themselves; [`Error::Io`] for what cannot be looked at.
pub fn inputs(patterns: &[String], output: &Path) -> Result<Vec<Input>> {
    let own = real(output);
    let mut found: BTreeMap<String, Input> = BTreeMap::new();
    for pattern in patterns {
        let path = Path::new(pattern);
        let (base, glob) = match fs::metadata(path) {
            Ok(about) if about.is_dir() => (path.to_path_buf(), format!("{}/**/*", glob::Pattern::escape(pattern.trim_end_matches('/')))),
            Ok(_) => (path.parent().unwrap_or(Path::new("")).to_path_buf(), glob::Pattern::escape(pattern)),
            Err(error) if !pattern.contains(['*', '?', '[']) => return Err(Error::io(path, error)),
            Err(_) => (fixed(path), pattern.clone()),
        };
        let named = glob == glob::Pattern::escape(pattern);
        let options = glob::MatchOptions { require_literal_leading_dot: true, require_literal_separator: true, ..Default::default() };
        let invalid = |reason: String| Error::OptionInvalid { option: "input", reason };
        let mut any = false;
        for path in glob::glob_with(&glob, options).map_err(|e| invalid(e.to_string()))? {
            let path = path.map_err(|e| Error::Io { path: e.path().display().to_string(), reason: e.error().to_string() })?;
            let about = fs::metadata(&path).map_err(|e| Error::io(&path, e))?;
            let below = path.strip_prefix(&base).unwrap_or(&path);
            if !about.is_file() || !named && below.components().any(is_note_of_a_program) {
                continue;
            }
            if own.as_ref().is_some_and(|own| real(&path).is_some_and(|path| path.starts_with(own))) {
                if named {
                    return Err(invalid(format!("{} lies in the output folder", path.display())));
                }
                continue;
            }
            any = true;
            let name = below.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            let modified = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |time| time.as_nanos());
            let input = Input { path, name: name.clone(), len: about.len(), modified };
            match found.get(&name) {
                Some(other) if other.path != input.path => {
                    let (one, two) = (other.path.display(), input.path.display());
                    return Err(invalid(format!("{one} and {two} would both be written to {name}")));
                }
                _ => _ = found.insert(name, input),
            }
        }
        if !any {
            return Err(invalid(format!("{pattern} finds no file")));
        }
    }
    Ok(found.into_values().collect())
}

/// The part of a pattern before the first component that is not a plain name.
fn fixed(pattern: &Path) -> PathBuf {
    pattern.components().take_while(|c| !c.as_os_str().to_string_lossy().contains(['*', '?', '['])).collect()
}

fn is_note_of_a_program(component: Component) -> bool {
    let name = component.as_os_str().to_string_lossy();
    name.starts_with('.') || name.starts_with('_')
}

/// The path without links, if it is there.
fn real(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_name_folder_and_pattern() {
        let folder = std::env::temp_dir().join(format!("scrubjay-inputs-{}", std::process::id()));
        for name in ["a.txt", "in/b.txt", "in/deep/c [1].csv", "in/_SUCCESS", "in/.b.crc", "out/a.txt", "x/b.txt"] {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let at = |name: &str| folder.join(name).display().to_string();
        let names =
            |patterns: &[String]| inputs(patterns, &folder.join("out")).map(|all| all.into_iter().map(|i| i.name).collect::<Vec<_>>());
        assert_eq!(names(&[at("a.txt")]).unwrap(), ["a.txt"]);
        assert_eq!(names(&[at("in"), at("a.txt")]).unwrap(), ["a.txt", "b.txt", "deep/c [1].csv"]);
        assert_eq!(names(&[at("in/")]).unwrap(), ["b.txt", "deep/c [1].csv"]);
        assert_eq!(names(&[at("*/*.txt")]).unwrap(), ["in/b.txt", "x/b.txt"]);
        assert_eq!(names(&[at("**/*.csv")]).unwrap(), ["in/deep/c [1].csv"]);
        assert_eq!(names(&[at("in/deep/c [1].csv"), at("in/deep")]).unwrap(), ["c [1].csv"]);
        assert_eq!(names(&[at("in/_SUCCESS")]).unwrap(), ["_SUCCESS"]);
        assert_eq!(names(std::slice::from_ref(&folder.display().to_string())).unwrap().len(), 4);
        for (patterns, code) in [
            (vec![at("in/*.txt"), at("x/*.txt")], "OPTION_INVALID"),
            (vec![at("none")], "IO"),
            (vec![at("*.none")], "OPTION_INVALID"),
            (vec![at("a.txt"), at("*.none")], "OPTION_INVALID"),
            (vec![at("a[")], "OPTION_INVALID"),
            (vec![at("out/a.txt")], "OPTION_INVALID"),
        ] {
            assert_eq!(names(&patterns).unwrap_err().code(), code, "{patterns:?}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
