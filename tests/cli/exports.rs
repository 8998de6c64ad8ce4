//! The exports of admin.atlassian.com, through the whole of `evaluate`.

use crate::run::{Answer, Folder, idle, policy};

fn evaluate(policy: &str, users: impl AsRef<[u8]>, more: &[&str]) -> Answer {
    Folder::new()
        .with("policy.json", policy)
        .with("users.csv", users)
        .with(
            "workspaces.json",
            r#"{"data":[{"id":"ari:cloud:jira-software::site/42","attributes":{"hostUrl":"https://acme.atlassian.net"}}]}"#,
        )
        .evaluate("users.csv", more)
}

/// The export of users with a row for each group, as it comes: a mark before it, CRLF, names with line breaks.
const BY_GROUP: &str = "\u{feff}Group id,Group name,User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,Confluence - acme,Last seen in Confluence - acme,Cost centre\r\n\
    11111111-0000-4000-8000-000000000000,jira-users,712020:old,\"Old,\r\n\"\"the\"\" first\",old@acme.example,Active,03 Jan 2024,None,User,03 May 2026,None,Never accessed,7\r\n\
    22222222-0000-4000-8000-000000000000,keep-them,712020:old,\"Old,\r\n\"\"the\"\" first\",old@acme.example,Active,03 Jan 2024,None,User,03 May 2026,None,Never accessed,7\r\n\
    ,,712020:recent,Recent,recent@acme.example,Active,03 Jan 2024,Organization admin,User,03 May 2026,User,20 Nov 2026,\r\n\
    ,,712020:gap,Gap,gap@acme.example,Active,03 Jan 2024,User,User,03 May 2026,User,,\r\n\
    ,,712020:never,Never,never@acme.example,Suspended,03 Jan 2024,User,User,Never accessed,None,Never accessed,\r\n";

#[test]
fn rows_by_group_become_people() {
    for (condition, matched, unknown) in [
        (
            r#"{"idle":{"longerThan":"90d"}}"#,
            &["old"][..],
            &["gap"][..],
        ),
        (
            r#"{"neverActive":{"addedMoreThan":"14d"}}"#,
            &["never"],
            &[],
        ),
        (
            r#"{"idle":{"longerThan":"90d","products":["jira-software"],"sites":["acme.atlassian.net"]}}"#,
            &["gap", "old", "recent"],
            &[],
        ),
        (r#"{"group":["keep-*"]}"#, &["old"], &[]),
        (
            r#"{"group":["11111111-0000-4000-8000-000000000000"]}"#,
            &["old"],
            &[],
        ),
        (
            r#"{"not":{"group":["*"]}}"#,
            &["gap", "never", "recent"],
            &[],
        ),
        (r#"{"role":["org-admin"]}"#, &["recent"], &[]),
        (r#"{"status":["suspended"]}"#, &["never"], &[]),
        (
            r#"{"access":{"products":["confluence"]}}"#,
            &["gap", "recent"],
            &[],
        ),
        (r#"{"mfa":true}"#, &[], &["gap", "never", "old", "recent"]),
    ] {
        let answer = evaluate(&policy(condition), BY_GROUP, &[]);
        assert_eq!(answer.code, Some(0), "{condition}: {answer:?}");
        let of = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| format!("712020:{name}")).collect()
        };
        assert_eq!(answer.accounts(), (of(matched), of(unknown)), "{condition}");
        let json: serde_json::Value = serde_json::from_str(&answer.out).expect("JSON");
        assert_eq!(json["users"], 4, "rows of one person are one person");
    }
}

#[test]
fn a_day_counts_from_its_end() {
    // 21 November less 90 days and 24 hours of tolerance is 22 August, noon: the 22nd may have been later than that.
    for (day, is_idle) in [
        ("21 Aug 2026", true),
        ("22 Aug 2026", false),
        ("23 Aug 2026", false),
    ] {
        let users = format!("User id,Last seen in Jira - acme\n712020:1,{day}\n");
        let found = evaluate(&idle(), users, &[]).accounts().0;
        assert_eq!(!found.is_empty(), is_idle, "{day}");
    }
}

#[test]
fn hosts_in_columns_are_the_sites_of_the_organization() {
    let on_acme = policy(r#"{"idle":{"longerThan":"90d","sites":["acme.atlassian.net"]}}"#);
    for site in ["acme", "acme.atlassian.net"] {
        let users = format!(
            "User id,Jira - {site},Last seen in Jira - {site},Jira - other,Last seen in Jira - other\n\
             712020:1,User,01 Jan 2026,User,20 Nov 2026\n712020:2,User,20 Nov 2026,User,01 Jan 2026\n"
        );
        for more in [&[][..], &["--sites", "workspaces.json"]] {
            let answer = evaluate(&on_acme, &users, more);
            assert_eq!(answer.accounts().0, ["712020:1"], "{site} {more:?}");
            let is_told = answer
                .err
                .contains("the site `other` is none of those in --sites");
            assert_eq!(is_told, !more.is_empty(), "{}", answer.err);
        }
    }
    let elsewhere = policy(r#"{"idle":{"longerThan":"90d","sites":["third.atlassian.net"]}}"#);
    evaluate(&elsewhere, BY_GROUP, &[]).is_wrong(&["names the site `third.atlassian.net`"]);
}

#[test]
fn groups_may_be_pivoted_or_listed_or_missing() {
    let keep = policy(r#"{"group":["keep-*"]}"#);
    for (users, matched, unknown) in [
        (
            "User id,Group 1,Group 2\na,jira,keep-a\nb,jira,\nc,,\n",
            &["a"][..],
            &[][..],
        ),
        (
            "User id,Groups\na,\"jira, keep-a\"\nb,jira\nc,\n",
            &["a"],
            &[],
        ),
        (
            "User id,Group id,Group name\na,\"1,2\",\"jira,keep-a\"\nb,1,\"x, keep-a\"\n",
            &["a"],
            &[],
        ),
        ("User id,email\na,a@acme.example\n", &[], &["a"]),
        // An id without a name may be any name's.
        ("User id,Group id\na,1\nb,\n", &[], &["a"]),
    ] {
        let found = evaluate(&keep, users, &[]).accounts();
        let of = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(found, (of(matched), of(unknown)), "{users}");
    }
}

#[test]
fn a_group_by_id_is_not_looked_for_among_names() {
    let by_id = policy(r#"{"not":{"group":["11111111-0000-4000-8000-000000000000"]}}"#);
    evaluate(&by_id, "User id,Groups\na,jira\n", &[])
        .is_wrong(&["by its id", "hint: name the group"]);
    let answer = evaluate(&by_id, BY_GROUP, &[]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
}

#[test]
fn the_export_of_managed_accounts_has_one_date_for_all_products() {
    let users = "Name,Email,Atlassian ID,Status,Last active date [UTC],Two-step verification,Jira,Confluence\r\n\
        Old,old@acme.example,712020:old,Active,2026-05-03,Enabled,\"acme, other\",\r\n\
        New,new@acme.example,712020:new,Active,2026-11-20,Disabled,acme,acme\r\n\
        Gap,gap@acme.example,712020:gap,Active,,,acme,None\r\n\
        Off,off@acme.example,712020:off,Inactive,2026-05-03,,,\r\n";
    for (condition, matched, unknown) in [
        (
            r#"{"idle":{"longerThan":"90d"}}"#,
            &["old"][..],
            &["gap"][..],
        ),
        (
            r#"{"idle":{"longerThan":"90d","sites":["other.atlassian.net"]}}"#,
            &["old"],
            &[],
        ),
        (r#"{"access":{"products":["confluence"]}}"#, &["new"], &[]),
        (
            r#"{"account":"managed"}"#,
            &["gap", "new", "off", "old"],
            &[],
        ),
        (r#"{"mfa":false}"#, &["new"], &["gap", "off"]),
        (r#"{"status":["deactivated"]}"#, &["off"], &[]),
    ] {
        let answer = evaluate(&policy(condition), users, &[]);
        let of = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| format!("712020:{name}")).collect()
        };
        assert_eq!(
            answer.accounts(),
            (of(matched), of(unknown)),
            "{condition}: {answer:?}"
        );
    }
}

#[test]
fn what_is_not_understood_is_unknown_and_told() {
    let users = "User id,Last seen in Jira - acme\n712020:1,03/01/2024\n712020:2,04/01/2024\n";
    let answer = evaluate(&idle(), users, &[]);
    assert_eq!(answer.code, Some(0));
    assert_eq!(
        answer.accounts(),
        (vec![], vec!["712020:1".to_owned(), "712020:2".to_owned()])
    );
    let warning = "row 2: `03/01/2024` in the column `Last seen in Jira - acme` is not understood and counts as not known (2 such values)";
    assert!(answer.err.contains(warning), "{}", answer.err);
}

#[test]
fn rows_that_cannot_be_taken_are_left_out_and_told() {
    let users =
        "User id,Last seen in Jira - acme\n712020:1,01 Jan 2026\n,01 Jan 2026\n../x,\n712020:2\n";
    let answer = evaluate(&idle(), users, &[]);
    assert_eq!(answer.accounts().0, ["712020:1"]);
    assert_eq!(answer.code, Some(1), "the answer is not about everybody");
    for line in [
        "row 3 is left out: it has no account id",
        "row 4 is left out: it has an account id that is none",
        "row 5 is left out: it has 1 cells, the first row has 2",
    ] {
        assert!(answer.err.contains(line), "{line}: {}", answer.err);
    }
}

#[test]
fn a_snapshot_gives_the_same_answer_as_what_it_was_made_of() {
    let folder = Folder::new()
        .with("policy.json", idle())
        .with("users.csv", BY_GROUP)
        .with("broken.csv", "User id,email\n,a@acme.example\n");
    let made = folder.run(&["snapshot", "--users", "users.csv", "--out", "kept.bin"]);
    assert_eq!(made.out, "kept.bin: 4 people\n", "{made:?}");
    let (before, after) = (
        folder.evaluate("users.csv", &[]),
        folder.evaluate("kept.bin", &[]),
    );
    assert_eq!(before.code, Some(0));
    assert_eq!(after.out, before.out);
    let broken = ["snapshot", "--users", "broken.csv", "--out", "broken.bin"];
    folder
        .run(&broken)
        .is_wrong(&["row 2 is left out", "no snapshot is written"]);
    folder
        .evaluate("broken.bin", &[])
        .is_wrong(&["no such file"]);
}

#[test]
fn files_that_are_no_export_are_refused() {
    let utf16: Vec<u8> = "User id,email\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let utf16 = [&[0xFF, 0xFE][..], &utf16].concat();
    for (users, words) in [
        (&b"User name;email\na;b\n"[..], "no column `User id`"),
        (&utf16, "not text in UTF-8"),
        (b"User id,email,Email\n", "a second column `Email`"),
    ] {
        evaluate(&idle(), users, &[]).is_wrong(&["error: users.csv: ", words]);
    }
}
