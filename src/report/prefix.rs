//! Where the data root lies in its repository: forges name files from the top of the repository.

use std::path::Path;

/// The path from the top of the repository to the data root, with a `/` at its end; empty when the data root is the
/// top or in no repository. Found by looking upwards for `.git` (a folder, or a file in a work tree or submodule),
/// so that it holds in a damaged repository too.
#[must_use]
pub fn prefix(root: &Path) -> String {
    let Ok(real) = std::fs::canonicalize(root) else { return String::new() };
    let Some(top) = real.ancestors().find(|dir| dir.join(".git").exists()) else { return String::new() };
    let below = real.strip_prefix(top).unwrap_or(Path::new(""));
    below.components().fold(String::new(), |mut path, part| {
        path.push_str(&part.as_os_str().to_string_lossy());
        path.push('/');
        path
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_is_where_git_is() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("外贸/data");
        std::fs::create_dir_all(&data).unwrap();
        assert_eq!(prefix(&data), "");
        std::fs::create_dir(dir.path().join(".git")).unwrap();
        assert_eq!(prefix(&data), "外贸/data/");
        std::fs::write(data.join(".git"), "gitdir: ../../.git/worktrees/x").unwrap();
        assert_eq!(prefix(&data), "", "a work tree or a submodule");
        assert_eq!(prefix(&dir.path().join("nowhere")), "");
    }
}
