//! Reading notes, writing results, showing progress. Everything that is not a result goes to standard error.

use indicatif::{ProgressBar, ProgressStyle};
use scrubjay::{Error, Result};
use std::fs;
use std::io::{Read, Write};
use std::path::Path;

/// What `path` holds, or standard input for `-`.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    if path.as_os_str() != "-" {
        return fs::read(path).map_err(|e| Error::io(path, e));
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|e| Error::io("-", e))?;
    Ok(bytes)
}

/// The text of `path`, or of standard input for `-`.
pub fn read_note(path: &Path) -> Result<String> {
    let bytes = read_bytes(path)?;
    // Replacing what is not UTF-8 would change the note behind its reader's back.
    String::from_utf8(bytes)
        .map_err(|e| Error::Io { path: path.display().to_string(), reason: format!("not UTF-8 at byte {}", e.utf8_error().valid_up_to()) })
}

/// Writes `content` to `path` whole or not at all, or to standard output.
pub fn write(path: Option<&Path>, content: impl AsRef<[u8]>) -> Result<()> {
    let Some(path) = path else {
        return std::io::stdout().write_all(content.as_ref()).map_err(|e| Error::io("-", e));
    };
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".new");
    let new = path.with_file_name(name);
    fs::write(&new, content).map_err(|e| Error::io(&new, e))?;
    fs::rename(&new, path).map_err(|e| Error::io(path, e))
}

/// A bar on standard error; invisible where that is no terminal.
pub fn bar(len: u64, unit: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(&format!("{{bar:30}} {{pos}}/{{len}} {unit} {{elapsed}} left {{eta}} {{msg}}"));
    ProgressBar::new(len).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// As [`bar`], of bytes.
pub fn bytes_bar(len: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {elapsed} left {eta}");
    ProgressBar::new(len).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// The most memory, in bytes, that this process has held so far; `None` where the system does not say it as Linux does.
pub fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix("kB")?;
    kilobytes.trim().parse::<u64>().ok().map(|n| n * 1024)
}

/// Seconds that all threads of this process have spent on processors so far; `None` where the system does not say it as Linux does.
pub fn cpu_time() -> Option<f64> {
    let tasks = fs::read_dir("/proc/self/task").ok()?;
    let spent = |task: fs::DirEntry| fs::read_to_string(task.path().join("schedstat")).ok()?.split(' ').next()?.parse::<f64>().ok();
    Some(tasks.filter_map(|task| spent(task.ok()?)).sum::<f64>() / 1e9)
}
