//! A store on a real folder.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use super::Store;
use crate::workspace::Workspace;

fn folder(name: &str) -> PathBuf {
    let path = Workspace::find().unwrap().target("xtask-tests").join(name);
    fs::remove_dir_all(&path).ok();
    path
}

#[test]
fn an_asset_has_twins_and_what_is_old_goes() {
    let dist = folder("store");
    let mut store = Store::new(dist.clone());
    let old = store.asset("app", "css", b"a{}").unwrap();
    store.sweep().unwrap();

    let mut store = Store::new(dist.clone());
    let new = store.asset("app", "css", b"b{}").unwrap();
    assert!(dist.join(&old.url[1..]).exists(), "the old one stays until the sweep");
    store.sweep().unwrap();

    assert!(!dist.join(&old.url[1..]).exists());
    for twin in ["", ".br", ".gz"] {
        assert!(dist.join(format!("{}{twin}", &new.url[1..])).exists(), "{twin}");
    }
}

#[test]
fn damaged_files_are_written_again() {
    let dist = folder("damaged");
    let url = Store::new(dist.clone()).asset("app", "css", b"a{}").unwrap().url;
    let (file, twin) = (dist.join(&url[1..]), dist.join(format!("{}.br", &url[1..])));
    fs::write(&file, b"c{}").unwrap();
    fs::write(&twin, b"nonsense").unwrap();

    let mut store = Store::new(dist);
    store.asset("app", "css", b"a{}").unwrap();
    store.file(Path::new("index.html"), b"<!doctype html>").unwrap();

    assert_eq!(fs::read(file).unwrap(), b"a{}");
    assert_ne!(fs::read(twin).unwrap(), b"nonsense");
}
