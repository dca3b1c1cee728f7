//! The shipped decision as others would have handed it in: every file must give the same
//! targets and projects.

pub(crate) mod change;
mod letters;
pub(crate) mod write;

use std::collections::BTreeSet;

use office::{Block, Cell, Document, Paragraph, Row, Table};
use plan::import::*;

use crate::SHIPPED;

pub(crate) fn document() -> Document {
    office::text::read(SHIPPED).unwrap()
}

/// What must be the same however the decision was written: everything but the lines.
#[derive(Debug, PartialEq)]
pub(crate) struct Essence {
    targets: Vec<String>,
    projects: Vec<String>,
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn names(list: &BodyList) -> String {
    let name = |named: &NamedBody| {
        named
            .body
            .as_ref()
            .map_or(named.written.clone(), |body| body.name.clone())
    };
    list.names.iter().map(name).collect::<Vec<_>>().join(" + ")
}

pub(crate) fn essence(plan: &ParsedPlan) -> Essence {
    let target = |target: &Target| {
        let bases: Vec<String> = target
            .legal_bases
            .iter()
            .map(|basis| plain(&basis.text))
            .collect();
        let measures: Vec<String> = target
            .goals
            .iter()
            .map(|goal| format!("{:?}", goal.measure))
            .collect();
        format!(
            "{} {} | {} | {} | {} | {} | {} | {}",
            target.group,
            target.number,
            plain(&target.name),
            plain(&target.goal_text),
            measures.join(" "),
            names(&target.leads),
            names(&target.partners),
            bases.join("; ")
        )
    };
    let project = |annex: &ProjectAnnex, group: &ProjectGroup, project: &Project| {
        let vnd = |amount: &Amount| amount.vnd.map(vocab::Vnd::dong);
        format!(
            "{} {} {} {} | {} | {} | {:?} {:?} {:?} | {}",
            annex.number,
            group.code,
            plain(&group.name),
            project.code,
            plain(&project.name),
            names(&project.leads),
            vnd(&project.amounts.total),
            vnd(&project.amounts.recurrent),
            vnd(&project.amounts.capital),
            plain(&group.note_on(project).text)
        )
    };
    Essence {
        targets: plan.targets.iter().map(target).collect(),
        projects: plan
            .project_annexes
            .iter()
            .flat_map(|annex| annex.groups.iter().map(move |group| (annex, group)))
            .flat_map(|(annex, group)| {
                group
                    .projects
                    .iter()
                    .map(move |own| project(annex, group, own))
            })
            .collect(),
    }
}

fn shipped() -> Essence {
    essence(&read_decision(SHIPPED).unwrap())
}

fn read(file: impl AsRef<[u8]>) -> ParsedPlan {
    read_file(file.as_ref()).unwrap().plan
}

/// Says the first thing that differs, not all of them.
fn same(found: &Essence, expected: &Essence) {
    for (found, expected) in [
        (&found.targets, &expected.targets),
        (&found.projects, &expected.projects),
    ] {
        for (found, expected) in found.iter().zip(expected) {
            assert_eq!(found, expected);
        }
        assert_eq!(found.len(), expected.len());
    }
}

fn codes(plan: &ParsedPlan) -> Vec<FindingCode> {
    plan.findings.iter().map(|finding| finding.code).collect()
}

fn changed(change: impl FnOnce(&mut Document)) -> Document {
    let mut document = document();
    change(&mut document);
    document
}

macro_rules! variants {
    ($($name:ident: $file:expr;)+) => {
        $(
            #[test]
            fn $name() {
                same(&essence(&read($file)), &shipped());
            }
        )+
    };
}

variants! {
    text_with_a_mark: format!("\u{feff}{SHIPPED}");
    text_with_windows_line_ends: SHIPPED.replace('\n', "\r\n");
    text_with_letters_taken_apart: letters::apart(SHIPPED);
    text_with_a_row_on_each_line: write::lines(&document());
    text_in_utf16: letters::utf16(SHIPPED, true);
    text_in_utf16_without_a_mark: letters::utf16(SHIPPED, false);
    text_in_windows_1258: letters::windows_1258(SHIPPED);
    text_in_vni: letters::vni(SHIPPED);
    page: write::html(&document(), true);
    page_with_cells_left_open: write::html(&document(), false);
    page_in_windows_1258: letters::windows_1258(&write::html(&document(), true));
    page_with_spanning_titles: write::html(&changed(change::spanned), true);
    text_document: write::docx(&document());
    text_document_with_spanning_titles: write::docx(&changed(change::spanned));
    text_document_cut_over_pages: write::docx(&changed(|own| change::cut(own, 9, true)));
    text_document_cut_without_headings: write::docx(&changed(|own| change::cut(own, 23, false)));
    spreadsheet: write::xlsx(&document(), false);
    spreadsheet_with_numbers: write::xlsx(&document(), true);
    spreadsheet_with_spanning_titles: write::xlsx(&changed(change::spanned), true);
    spreadsheet_of_one_sheet: write::sheet(&document(), 2);
    spreadsheet_of_one_sheet_without_gaps: write::sheet(&document(), 0);
    columns_in_another_order: write::text(&changed(change::reversed));
    columns_in_another_order_in_a_page: write::html(&changed(change::reversed), true);
    a_column_more: write::docx(&changed(change::widened));
    rows_that_go_on_in_the_next: write::docx(&changed(change::continued));
    cells_with_empty_lines: write::docx(&changed(|own| {
        change::cells(own, |cell| cell.text = cell.text.replace('\n', "\n\n\n"));
    }));
    titles_in_other_words: write::docx(&changed(|own| {
        change::cells(own, |cell| {
            for (from, to) in [
                ("Nhiệm vụ, hoạt động chuyển đổi số", "Nội dung công việc"),
                ("Mục tiêu", "Chỉ tiêu cần đạt"),
                ("Cơ quan chủ trì", "Đơn vị thực hiện"),
                ("Cơ quan phối hợp", "Đơn vị phối hợp thực hiện"),
                ("Căn cứ pháp lý", "Văn bản chỉ đạo"),
                ("Nguồn sự nghiệp", "Chi thường xuyên"),
                ("Nguồn đầu tư", "Vốn đầu tư công"),
            ] {
                if cell.text == from {
                    to.clone_into(&mut cell.text);
                }
            }
        });
    }));
    titles_numbered_below: write::html(&changed(|own| {
        change::tables(own, |_, table| {
            let at = 1 + usize::from(table.rows[1].cells[0].merged);
            let cells = (1..=table.rows[0].cells.len()).map(|n| Cell::new(format!("({n})"), 0));
            table.rows.insert(at, Row { line: 0, cells: cells.collect() });
        });
    }), true);
    amounts_in_dong: write::docx(&changed(|own| {
        change::paragraphs(own, |text| Some(text.replace("Đơn vị tính: triệu đồng", "ĐVT: đồng")));
        change::tables(own, |at, table| {
            if at == 0 {
                return;
            }
            for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells[3..6]) {
                let Ok(millions) = cell.text.replace(',', "").parse::<f64>() else { continue };
                cell.text = letters::thousands(format!("{:.0}", millions * 1e6).parse().unwrap());
            }
        });
    }));
    headings_above_their_own_tables: write::docx(&changed(change::headed));
    annexes_in_another_order: write::docx(&changed(|own| {
        let start = |own: &Document, number: &str| {
            let heading = |block: &Block| matches!(block, Block::Paragraph(own) if own.text == number);
            own.blocks.iter().position(heading).unwrap()
        };
        let (first, second) = (start(own, "PHỤ LỤC 1"), start(own, "PHỤ LỤC 2"));
        own.blocks[first..].rotate_left(second - first);
    }));
    numbers_left_blank: write::docx(&changed(|own| {
        change::tables(own, |at, table| {
            if at == 0 {
                for row in &mut table.rows[1..] {
                    row.cells[0].text.clear();
                }
            }
        });
    }));
    a_letterhead_in_a_frame: write::html(&changed(|own| {
        let cell = |text: &str| Cell::new(text, 0);
        let row = |cells: [&str; 2]| Row { line: 0, cells: cells.map(cell).to_vec() };
        own.blocks.insert(0, Block::Table(Table { rows: vec![
            row(["ỦY BAN NHÂN DÂN\nTỈNH VĨNH LONG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"]),
            row(["Số: 833/QĐ-UBND", "Vĩnh Long, ngày 14 tháng 4 năm 2023"]),
        ] }));
    }), true);
}

/// TCVN3 has no capitals with tones: a font shows small letters large.
#[test]
fn text_in_tcvn3() {
    let found = essence(&read(letters::tcvn3(SHIPPED)));
    let small = |lines: &[String]| lines.iter().map(|line| line.to_lowercase()).collect();
    let small = |essence: &Essence| Essence {
        targets: small(&essence.targets),
        projects: small(&essence.projects),
    };
    same(&small(&found), &small(&shipped()));
}

#[test]
fn a_unit_that_is_not_stated_follows_from_notes_and_budget() {
    let no_unit = changed(|own| {
        change::paragraphs(own, |text| {
            (!text.starts_with("Đơn vị tính")).then(|| text.to_owned())
        });
    });
    let plan = read(write::docx(&no_unit));
    same(&essence(&plan), &shipped());
    assert!(codes(&plan).contains(&FindingCode::MoneyUnitInferred));
}

/// Unless the text breaks off there, an annex without its total is one.
#[test]
fn an_annex_without_its_total_is_still_read() {
    let no_total = changed(|own| {
        change::tables(own, |at, table| {
            if at == 1 {
                table.rows.pop();
            }
        });
    });
    let plan = read(write::docx(&no_total));
    same(&essence(&plan), &shipped());
    assert!(codes(&plan).contains(&FindingCode::AnnexTotalMissing));
    assert!(!codes(&plan).contains(&FindingCode::BudgetDiffersFromAnnexes));
}

#[test]
fn columns_that_are_missing_are_named() {
    let narrow = changed(|own| {
        change::tables(own, |at, table| {
            for row in &mut table.rows {
                // Partners, bases and numbers of targets; notes of projects.
                if at == 0 {
                    row.cells.truncate(4);
                    row.cells.remove(0);
                } else {
                    row.cells.pop();
                }
            }
        });
    });
    let plan = read(write::docx(&narrow));
    assert_eq!((plan.targets.len(), plan.projects().count()), (148, 97));
    assert_eq!(plan.targets[147].number, 148);
    let missing: Vec<&Finding> = plan
        .findings
        .iter()
        .filter(|finding| finding.code == FindingCode::ColumnMissing)
        .collect();
    assert_eq!(missing.len(), 5, "{missing:?}");
    assert!(!codes(&plan).contains(&FindingCode::PartnerMissing));
}

#[test]
fn another_province_counts_groups_with_letters_and_projects_with_numbers() {
    let lettered = changed(|own| {
        change::tables(own, |at, table| {
            if at == 0 {
                return;
            }
            for row in &mut table.rows {
                let code = row.cells[0].text.clone();
                row.cells[0].text = match code.split_once('.') {
                    Some((_, project)) => project.to_owned(),
                    None => code.parse().map_or(code, letters::roman),
                };
            }
        });
    });
    let plan = read(write::docx(&lettered));
    let mut expected = shipped();
    for project in &mut expected.projects {
        let (head, rest) = project.split_once(" | ").unwrap();
        let mut words: Vec<String> = head.split(' ').map(str::to_owned).collect();
        let group = letters::roman(words[1].parse().unwrap());
        let last = words.len() - 1;
        let number = words[last].split_once('.').unwrap().1.to_owned();
        words[last] = format!("{group}.{number}");
        words[1] = group;
        *project = format!("{} | {rest}", words.join(" "));
    }
    same(&essence(&plan), &expected);
}

#[test]
fn a_plan_without_a_decision_names_itself_in_its_letterhead() {
    let own = changed(|own| {
        change::paragraphs(own, |text| {
            (!text.contains("Kèm theo Quyết định")).then(|| text.to_owned())
        });
        for (at, text) in ["Số: 15/KH-UBND", "Sông Xanh, ngày 05 tháng 01 năm 2024"]
            .into_iter()
            .enumerate()
        {
            own.blocks.insert(
                at,
                Block::Paragraph(Paragraph {
                    text: text.to_owned(),
                    line: 0,
                }),
            );
        }
    });
    let plan = read(write::html(&own, true));
    assert_eq!(plan.facts.symbol.to_string(), "15/KH-UBND");
    assert_eq!(plan.facts.date.unwrap().to_string(), "2024-01-05");
    same(&essence(&plan), &shipped());
}

/// A row that lost its cells is named; all others are read as before.
#[test]
fn a_damaged_row_costs_that_row_alone() {
    let mut damaged = document();
    change::tables(&mut damaged, |at, table| {
        if at == 0 {
            table.rows[40].cells.truncate(2);
        }
    });
    let read = read_file(write::text(&damaged).as_bytes()).unwrap();
    let mut expected = shipped();
    let lost = read_decision(SHIPPED).unwrap();
    let lost = lost.targets.iter().position(|target| {
        !read
            .plan
            .targets
            .iter()
            .any(|kept| kept.number == target.number)
    });
    expected.targets.remove(lost.unwrap());
    same(&essence(&read.plan), &expected);
    let unread = read
        .plan
        .findings
        .iter()
        .find(|finding| finding.code == FindingCode::RowUnreadable)
        .unwrap();
    assert!(
        read.plan
            .unused_lines
            .iter()
            .any(|unused| unread.lines.contains(&unused.line))
    );
}

/// Every line that says something is used or listed, in every kind of file.
#[test]
fn no_line_is_lost() {
    for file in [
        SHIPPED.as_bytes().to_vec(),
        write::docx(&document()),
        write::xlsx(&document(), true),
    ] {
        let read = read_file(&file).unwrap();
        let used = read.plan.line_uses.iter().map(|(line, _)| *line);
        let unused = read.plan.unused_lines.iter().map(|own| own.line);
        let accounted: BTreeSet<u32> = used.clone().chain(unused.clone()).collect();
        let both = used.collect::<BTreeSet<_>>();
        let both: Vec<u32> = unused.filter(|line| both.contains(line)).collect();
        assert!(both.is_empty(), "used and of no use: {both:?}");
        let lines = (1..).zip(read.source.text.lines());
        let lost: Vec<(u32, &str)> = lines
            .filter(|(line, text)| !text.trim().is_empty() && !accounted.contains(line))
            .collect();
        assert!(lost.is_empty(), "nothing is said of {lost:?}");
        let places = read.source.format != office::Format::Text;
        assert!(
            read.plan
                .targets
                .iter()
                .all(|target| read.source.place(target.line).is_some() == places)
        );
    }
}

/// What becomes of each line of the shipped decision, in runs of lines with one use.
#[test]
fn every_line_of_the_shipped_decision_has_its_use() {
    let plan = read(SHIPPED);
    let used = plan.line_uses.iter();
    let used = used.map(|(line, said)| (*line, format!("{said:?}")));
    let unused = plan.unused_lines.iter();
    let unused = unused.map(|own| (own.line, format!("of no use: {}", own.text.trim())));
    let mut all: Vec<(u32, String)> = used.chain(unused).collect();
    all.sort();
    let mut runs: Vec<(u32, u32, String)> = Vec::new();
    for (line, said) in all {
        match runs.last_mut() {
            Some((_, last, known)) if *known == said => *last = line,
            _ => runs.push((line, line, said)),
        }
    }
    let told = runs.iter().map(|(first, last, said)| {
        if first == last {
            format!("{first}: {said}")
        } else {
            format!("{first}-{last}: {said}")
        }
    });
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"));
}
