//! Help and complaints about the command line, in both languages.

use crate::program::Folder;

const COMMANDS: [&[&str]; 15] = [
    &["serve"],
    &["plan", "import"],
    &["pack", "apply"],
    &["pack", "check"],
    &["pack", "diff"],
    &["pack", "explain"],
    &["pack", "new"],
    &["pack", "schema"],
    &["token", "create"],
    &["access", "explain"],
    &["audit", "verify"],
    &["audit", "head"],
    &["backup"],
    &["restore"],
    &["doctor"],
];

/// What clap would say by itself.
const CLAPS_OWN: [&str; 6] = [
    "Usage:",
    "Options:",
    "Commands:",
    "Arguments:",
    "Print help",
    "possible values",
];

#[test]
fn help_lists_every_subcommand_in_both_languages() {
    let folder = Folder::new();
    for (lang, usage) in [("vi", "Cách dùng: phusa"), ("en", "Usage: phusa")] {
        let help = folder.run(&["--lang", lang, "--help"]).fine();
        assert!(help.contains(usage), "{help}");
        for path in COMMANDS {
            let group = folder
                .run(&[&["--lang", lang], &path[..path.len() - 1], &["--help"]].concat())
                .fine();
            let name = path[path.len() - 1];
            let listed = group
                .lines()
                .any(|line| line.trim_start().starts_with(name) && line.len() > name.len() + 10);
            assert!(listed, "{name} in {group}");
            assert!(help.contains(path[0]), "{help}");
        }
        for variable in ["PHUSA_LISTEN", "PHUSA_DATA", "PHUSA_DATABASE_URL"] {
            assert!(help.contains(variable), "{variable} in {help}");
        }
    }
}

#[test]
fn every_subcommand_has_help_of_its_own_and_none_of_it_is_claps() {
    let folder = Folder::new();
    for path in COMMANDS {
        let english = folder
            .run(&[path, &["--help", "--lang=en"]].concat())
            .fine();
        let vietnamese = folder
            .run(&[path, &["--help", "--lang=vi"]].concat())
            .fine();
        assert!(
            english.contains(&format!("Usage: phusa {}", path.join(" "))),
            "{english}"
        );
        for own in CLAPS_OWN {
            assert!(!vietnamese.contains(own), "{own} in {vietnamese}");
        }
        assert_ne!(english.lines().next(), vietnamese.lines().next());
        assert!(
            !english.contains('⟦') && !vietnamese.contains('⟦'),
            "{english}{vietnamese}"
        );
    }
}

#[test]
fn without_a_command_help_goes_to_the_standard_error() {
    let folder = Folder::new();
    for arguments in [&[][..], &["audit"], &["plan"]] {
        let done = folder.run(arguments);
        assert!(done.printed.is_empty());
        assert!(done.ended(2).contains("Usage: phusa"));
    }
}

#[test]
fn what_is_not_understood_is_named_and_help_is_pointed_to() {
    let folder = Folder::new();
    for (arguments, named) in [
        (&["sreve"][..], "sreve"),
        (&["serve", "--dmeo"], "--dmeo"),
        (&["token", "create"], "--account"),
        (&["token", "create", "--account"], "--account"),
        (&["backup"], "<FILE>"),
        (&["doctor", "now"], "now"),
    ] {
        let complaint = folder.run(arguments).ended(2);
        assert!(complaint.contains(named), "{complaint}");
        assert!(complaint.contains("--help"), "{complaint}");
    }
    assert!(!folder.data().exists(), "nothing was begun");
}

#[test]
fn an_unknown_language_is_refused_with_those_that_are_known() {
    let folder = Folder::new();
    let complaint = folder.run(&["--lang", "fr", "doctor"]).ended(2);
    for known in ["fr", "vi", "en"] {
        assert!(complaint.contains(known), "{complaint}");
    }
}

#[test]
fn the_environment_chooses_the_language() {
    let folder = Folder::new();
    for (variable, value, said) in [
        ("LC_ALL", "vi_VN.UTF-8", "Cách dùng:"),
        ("LANG", "en_US.UTF-8", "Usage:"),
        ("LANG", "C", "Cách dùng:"),
    ] {
        let output = folder
            .command(&["--help"])
            .env(variable, value)
            .output()
            .unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(help.contains(said), "{variable}={value}: {help}");
    }
}
