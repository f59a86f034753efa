//! Writes the generated description of the contract below a folder: `generate-contract docs/contract`.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args_os().nth(1).map(PathBuf::from) {
        Some(folder) => match write(&folder) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&format!("{}: {error}", folder.display())),
        },
        None => fail("usage: generate-contract FOLDER"),
    }
}

fn write(folder: &std::path::Path) -> std::io::Result<()> {
    for (name, content) in vestibule_contract::generate::files()? {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, content)?;
    }
    Ok(())
}

#[expect(clippy::print_stderr, reason = "this is a command")]
fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}
