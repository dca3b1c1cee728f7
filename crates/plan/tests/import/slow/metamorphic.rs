//! A change in the document changes the import exactly there, and a finding by just as much.

use office::Document;
use plan::import::*;
use proptest::prelude::*;

use crate::SHIPPED;

use super::corpus::{change, document, write};

/// Files of two kinds, so that no reader escapes.
fn read(document: &Document, spreadsheet: bool) -> ParsedPlan {
    let file = if spreadsheet {
        write::xlsx(document, false)
    } else {
        write::docx(document)
    };
    read_file(&file).unwrap().plan
}

/// Changes the text of one cell, found by its table, its row's code and its column.
fn set(document: &mut Document, table: usize, code: &str, column: usize, text: &str) {
    let mut found = 0;
    change::tables(document, |at, own| {
        if at == table {
            for row in own.rows.iter_mut().filter(|row| row.cells[0].text == code) {
                text.clone_into(&mut row.cells[column].text);
                found += 1;
            }
        }
    });
    assert_eq!(found, 1, "{code}");
}

/// The difference that a finding states; nothing if there is no such finding.
fn difference(plan: &ParsedPlan, code: FindingCode, column: &str, annex: i64) -> i64 {
    let about = |finding: &&Finding| {
        finding.code == code
            && finding.args.get("column") == Some(&Arg::Text(column.to_owned()))
            && finding.args.get("annex") == Some(&Arg::Number(annex))
    };
    let args = plan
        .findings
        .iter()
        .find(about)
        .map(|finding| &finding.args);
    match args.and_then(|args| args.get("difference_vnd")) {
        Some(Arg::Number(number)) => *number,
        _ => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Another goal in one row: that target's goal differs, and nothing else of any target.
    #[test]
    fn a_goal_changes_its_target_alone(number in 1_u32..149, percent in 1_u32..100, sheet: bool) {
        let mut document = document();
        set(&mut document, 0, &format!("{number}."), 2, &format!("{percent}%"));
        let plan = read(&document, sheet);
        let shipped = read_decision(SHIPPED).unwrap();
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (found, before) in plan.targets.iter().zip(&shipped.targets) {
            prop_assert_eq!(plain(&found.name), plain(&before.name));
            prop_assert_eq!(&found.leads.names, &before.leads.names);
            prop_assert_eq!(&found.partners.names, &before.partners.names);
            if found.number == number {
                let goal = found.goal_text.lines().next();
                prop_assert_eq!(goal, Some(&*format!("{percent}%")));
            } else {
                prop_assert_eq!(plain(&found.goal_text), plain(&before.goal_text));
            }
        }
        prop_assert_eq!(plan.targets.len(), 148);
        prop_assert_eq!(plan.projects().count(), 97);
    }

    /// More money in the total row: the finding differs by just that, and no project does.
    #[test]
    fn a_sum_changes_its_finding_by_as_much(more in 1_i64..20_000, sheet: bool) {
        let mut document = document();
        change::tables(&mut document, |at, table| {
            if at == 1 {
                let total = table.rows.last_mut().unwrap();
                assert_eq!(total.cells[5].text, "25,727");
                total.cells[5].text = (25_727 + more).to_string();
            }
        });
        let plan = read(&document, sheet);
        let differs = FindingCode::AnnexTotalDiffers;
        let expected = 6_927_000_000 + more * 1_000_000;
        prop_assert_eq!(difference(&plan, differs, "capital", 2), expected);
        prop_assert_eq!(difference(&plan, FindingCode::TotalUnexplained, "capital", 2), expected);
        let shipped = read_decision(SHIPPED).unwrap();
        prop_assert_eq!(difference(&plan, differs, "total", 2), difference(&shipped, differs, "total", 2));
        for (found, before) in plan.projects().zip(shipped.projects()) {
            prop_assert_eq!(&found.amounts, &before.amounts);
        }
    }

    /// A project that takes up some of the money that no row explains leaves so much less.
    #[test]
    fn a_project_explains_what_it_costs(capital in 1_i64..6_900) {
        let mut document = document();
        set(&mut document, 1, "14.3", 5, &(1_000 + capital).to_string());
        let plan = read(&document, false);
        let left = 6_927_000_000 - capital * 1_000_000;
        prop_assert_eq!(difference(&plan, FindingCode::TotalUnexplained, "capital", 2), left);
        let mut all = plan.projects();
        let project = all.find(|own| own.code == "14.3" && own.line > 0).unwrap();
        prop_assert_eq!(project.amounts.capital.vnd.map(vocab::Vnd::dong), Some((1_000 + capital) * 1_000_000));
        // Its own total no longer fits its sources.
        let of_project = Arg::Text("14.3".to_owned());
        let differs = plan.findings.iter().any(|finding| {
            finding.code == FindingCode::ProjectSourcesDiffer
                && finding.args.get("project") == Some(&of_project)
        });
        prop_assert!(differs);
    }
}

/// Once the total row is right, the finding about it is gone.
#[test]
fn a_finding_goes_when_its_cause_does() {
    let mut document = document();
    change::tables(&mut document, |at, table| {
        if at == 1 {
            let total = table.rows.last_mut().unwrap();
            "58,208".clone_into(&mut total.cells[3].text);
            "18,800".clone_into(&mut total.cells[5].text);
        }
    });
    let plan = read(&document, false);
    let gone = |code| {
        !plan.findings.iter().any(|finding| {
            finding.code == code && finding.args.get("annex") == Some(&Arg::Number(2))
        })
    };
    assert!(gone(FindingCode::AnnexTotalDiffers));
    assert!(gone(FindingCode::TotalUnexplained));
}

/// The day of signing decides which duties were late already.
#[test]
fn an_earlier_decision_has_no_duty_due_before_it() {
    let earlier = SHIPPED.replace("14/4/2023", "14/3/2023");
    let late = |text: &str| {
        let plan = read_decision(text).unwrap();
        let codes = plan.findings.iter().map(|finding| finding.code);
        codes
            .filter(|code| *code == FindingCode::DutyDueBeforeDecision)
            .count()
    };
    assert_eq!((late(SHIPPED), late(&earlier)), (1, 0));
}

/// Names with slips are understood, marked, and never taken for their neighbours.
#[test]
fn names_with_slips_wait_for_a_person() {
    for (written, name, waits) in [
        ("Các ở, ban, ngành tỉnh", "Các sở, ban, ngành tỉnh", true),
        ("Sở NN&PNTN", "Sở Nông nghiệp và Phát triển nông thôn", true),
        ("cơ Sở Giáo dục và Đào tạo", "Các cơ sở giáo dục", false),
        (
            "Sở Thông tin và Truyền thôn",
            "Sở Thông tin và Truyền thông",
            true,
        ),
    ] {
        let mut document = document();
        set(&mut document, 0, "1.", 3, written);
        let plan = read(&document, false);
        let named = &plan.targets[0].leads.names;
        assert_eq!(named.len(), 1, "{named:?}");
        assert_eq!(named[0].body.as_ref().unwrap().name, name);
        assert_eq!(
            matches!(named[0].matched, Match::Near(_)),
            waits,
            "{written}"
        );
    }
    let mut document = document();
    set(
        &mut document,
        0,
        "1.",
        3,
        "Sở Công Thương, Y tế và Xây dựng, Hội Người mù",
    );
    let plan = read(&document, false);
    let names: Vec<Option<&str>> = plan.targets[0]
        .leads
        .names
        .iter()
        .map(|named| named.body.as_ref().map(|body| body.name.as_str()))
        .collect();
    assert_eq!(
        names,
        [
            Some("Sở Công Thương"),
            Some("Sở Y tế"),
            Some("Sở Xây dựng"),
            None
        ]
    );
}
