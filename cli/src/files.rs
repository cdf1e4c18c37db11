//! Files: read with a limit and only where the plan may reach; written whole or
//! not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};

use crate::error::{CliError, ReadFault};

/// Standard input, as a file.
pub const STDIN: &str = "/dev/stdin";

/// The largest file that is read.
pub const LARGEST_BYTES: u64 = 16 << 20;

/// Reads a file that the command line names. Pipes are welcome.
pub fn read_named(path: &Path) -> Result<String, CliError> {
    read_text(path).map_err(|fault| CliError::CannotRead { path: path.to_owned(), fault })
}

/// The folder that a file lies in.
pub fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Reads a file that a plan or scenario names, inside its folder only: no
/// absolute path, no `..`, no link that leads out, regular files alone.
pub fn read_inside(folder: &Path, name: &str) -> Result<String, ReadFault> {
    let path = locate_inside(folder, name)?;
    if !fs::metadata(&path).map_err(ReadFault::Io)?.is_file() {
        return Err(ReadFault::NotAFile);
    }
    // Something else may have taken its place meanwhile: what is opened is what
    // counts.
    let file = open_plain(&path).map_err(ReadFault::Io)?;
    if !file.metadata().map_err(ReadFault::Io)?.is_file() {
        return Err(ReadFault::NotAFile);
    }
    text_of(file)
}

/// Opens a file without following a link and without waiting for whoever writes
/// into a pipe.
#[cfg(unix)]
fn open_plain(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY).bits();
    File::options().read(true).custom_flags(flags.cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open_plain(path: &Path) -> io::Result<File> {
    File::open(path)
}

fn locate_inside(folder: &Path, name: &str) -> Result<PathBuf, ReadFault> {
    // A backslash is a separator on one system and a letter on the other.
    let portable = !name.is_empty() && !name.contains(['\\', '\0', ':']);
    let plain = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if !portable || !Path::new(name).components().all(plain) {
        return Err(ReadFault::LeavesFolder);
    }
    let folder = fs::canonicalize(folder).map_err(ReadFault::Io)?;
    let path = fs::canonicalize(folder.join(name)).map_err(ReadFault::Io)?;
    if path.starts_with(&folder) { Ok(path) } else { Err(ReadFault::LeavesFolder) }
}

fn read_text(path: &Path) -> Result<String, ReadFault> {
    text_of(File::open(path).map_err(ReadFault::Io)?)
}

fn text_of(file: File) -> Result<String, ReadFault> {
    let mut bytes = Vec::new();
    file.take(LARGEST_BYTES + 1).read_to_end(&mut bytes).map_err(ReadFault::Io)?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(ReadFault::TooLarge { most: LARGEST_BYTES });
    }
    if let Some(encoding) = other_encoding(&bytes) {
        return Err(ReadFault::Encoded { encoding });
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        ReadFault::NotText { line: good.split(|&byte| byte == b'\n').count() }
    })
}

/// Text that other programs save, by its mark or by the noughts between letters.
fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some("UTF-32"),
        [0xff, 0xfe, ..]
        | [0xfe, 0xff, ..]
        | [1..=255, 0, 1..=255, 0, ..]
        | [0, 1..=255, 0, 1..=255, ..] => Some("UTF-16"),
        _ => None,
    }
}

/// Writes a file whole or not at all: to a temporary one beside it, then under
/// its name. An existing file is replaced only by `force`.
pub fn write_whole(path: &Path, bytes: &[u8], force: bool) -> Result<(), CliError> {
    write_by(path, force, |file| file.write_all(bytes))
}

/// The same, piece by piece.
pub fn write_by(
    path: &Path,
    force: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), CliError> {
    let fail = |source| CliError::CannotWrite { path: path.to_owned(), source };
    can_be_written(path, force)?;
    let file = temporary_in(folder_of(path)).map_err(fail)?;
    let mut buffer = BufWriter::new(file);
    write(&mut buffer).map_err(fail)?;
    let file = buffer.into_inner().map_err(|error| fail(error.into_error()))?;
    keep(path, file, force)
}

/// Writes several files, all of them or none: each to a temporary one beside it, and
/// only then all under their names.
pub fn write_together(files: &[(PathBuf, &[u8])], force: bool) -> Result<(), CliError> {
    let mut ready = Vec::new();
    for (path, bytes) in files {
        let fail = |source| CliError::CannotWrite { path: path.clone(), source };
        can_be_written(path, force)?;
        let mut file = temporary_in(folder_of(path)).map_err(fail)?;
        file.write_all(bytes).map_err(fail)?;
        ready.push((path, file));
    }
    let mut done: Vec<&Path> = Vec::new();
    for (path, file) in ready {
        if let Err(error) = keep(path, file, force) {
            // What was there before is gone only where that was asked for.
            if !force {
                for path in done {
                    let _ = fs::remove_file(path); // what failed is told
                }
            }
            return Err(error);
        }
        done.push(path);
    }
    Ok(())
}

/// Refuses a name that is a folder's, or that is there already.
pub fn can_be_written(path: &Path, force: bool) -> Result<(), CliError> {
    if path.is_dir() {
        let source = io::ErrorKind::IsADirectory.into();
        return Err(CliError::CannotWrite { path: path.to_owned(), source });
    }
    if !force && is_there(path) {
        return Err(CliError::Exists { path: path.to_owned() });
    }
    Ok(())
}

/// Refuses a folder that is there and takes no file.
pub fn takes_files(folder: &Path) -> Result<(), CliError> {
    let fail = |source| CliError::CannotWrite { path: folder.to_owned(), source };
    if is_there(folder) && !folder.is_dir() {
        return Err(fail(io::ErrorKind::NotADirectory.into()));
    }
    if folder.is_dir() { temporary_in(folder).map(drop).map_err(fail) } else { Ok(()) }
}

/// Gives a temporary file its name.
fn keep(path: &Path, file: tempfile::NamedTempFile, force: bool) -> Result<(), CliError> {
    let kept = if force { file.persist(path) } else { file.persist_noclobber(path) };
    match kept {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(CliError::Exists { path: path.to_owned() })
        }
        Err(error) => Err(CliError::CannotWrite { path: path.to_owned(), source: error.error }),
    }
}

/// Whether anything has this name, a broken link included.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Temporary files are private by default; what is written is meant to be read.
fn temporary_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".outlast-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
        builder.tempfile_in(folder)
    }
    #[cfg(not(unix))]
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let outer = tempfile::tempdir().unwrap();
        fs::create_dir_all(outer.path().join("plan/pac")).unwrap();
        fs::write(outer.path().join("secret"), "secret").unwrap();
        fs::write(outer.path().join("plan/pac/a.pac"), "inside").unwrap();
        outer
    }

    #[test]
    fn files_inside_are_read() {
        let outer = folder();
        let plan = outer.path().join("plan");
        assert_eq!(read_inside(&plan, "pac/a.pac").unwrap(), "inside");
        assert_eq!(read_inside(&plan, "./pac/a.pac").unwrap(), "inside");
        assert!(matches!(read_inside(&plan, "pac/b.pac"), Err(ReadFault::Io(_))));
        assert!(matches!(read_inside(&plan, "pac"), Err(ReadFault::NotAFile)));
    }

    #[test]
    fn files_outside_are_not() {
        let outer = folder();
        let plan = outer.path().join("plan");
        let secret = outer.path().join("secret");
        let names =
            ["../secret", "pac/../../secret", "", "/etc/passwd", "pac\\a.pac", "C:a", "a\0b"];
        for name in names.into_iter().chain(secret.to_str()) {
            assert!(matches!(read_inside(&plan, name), Err(ReadFault::LeavesFolder)), "{name:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_plain_files_are_opened() {
        let outer = folder();
        let plan = outer.path().join("plan");
        std::os::unix::fs::symlink("pac/a.pac", plan.join("link")).unwrap();
        assert!(open_plain(&plan.join("link")).is_err());
        assert!(open_plain(&plan.join("pac/a.pac")).is_ok());
        for name in ["pac", "."] {
            assert!(matches!(read_inside(&plan, name), Err(ReadFault::NotAFile)), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_may_stay_inside_and_not_lead_out() {
        let outer = folder();
        let plan = outer.path().join("plan");
        std::os::unix::fs::symlink("../secret", plan.join("out")).unwrap();
        std::os::unix::fs::symlink("..", plan.join("up")).unwrap();
        std::os::unix::fs::symlink("pac/a.pac", plan.join("in")).unwrap();
        assert!(matches!(read_inside(&plan, "out"), Err(ReadFault::LeavesFolder)));
        assert!(matches!(read_inside(&plan, "up/secret"), Err(ReadFault::LeavesFolder)));
        assert_eq!(read_inside(&plan, "in").unwrap(), "inside");
    }

    #[test]
    fn what_is_no_text_is_named_with_its_line() {
        let outer = folder();
        let path = outer.path().join("latin");
        fs::write(&path, b"name: x\nname: Z\xfcrich\n").unwrap();
        assert!(matches!(read_text(&path), Err(ReadFault::NotText { line: 2 })));
    }

    #[cfg(unix)]
    #[test]
    fn endless_files_are_cut_off() {
        assert!(matches!(read_text(Path::new("/dev/zero")), Err(ReadFault::TooLarge { .. })));
    }

    #[test]
    fn nothing_is_overwritten_without_force() {
        let outer = folder();
        let path = outer.path().join("new");
        write_whole(&path, b"one", false).unwrap();
        assert!(matches!(write_whole(&path, b"two", false), Err(CliError::Exists { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write_whole(&path, b"two", true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        let nowhere = outer.path().join("no/where");
        assert!(matches!(write_whole(&nowhere, b"", true), Err(CliError::CannotWrite { .. })));
        assert!(matches!(write_whole(outer.path(), b"", true), Err(CliError::CannotWrite { .. })));
        assert_eq!(fs::read_dir(outer.path()).unwrap().count(), 3);
    }
}
