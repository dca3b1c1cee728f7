//! Quyết định 833/QĐ-UBND, as shipped. Expected values were read from the text by hand.

use plan::import::*;
use vocab::Vnd;

use super::SHIPPED;

fn shipped() -> ParsedPlan {
    read_decision(SHIPPED).unwrap()
}

fn target(plan: &ParsedPlan, number: u32) -> &Target {
    plan.targets
        .iter()
        .find(|target| target.number == number)
        .unwrap()
}

/// The canonical names of a list, all of which must be understood.
fn bodies(list: &BodyList) -> Vec<&str> {
    list.names
        .iter()
        .map(|named| named.body.as_ref().unwrap().name.as_str())
        .collect()
}

fn percent(target: &Target) -> Vec<(Bound, String)> {
    let value = |goal: &Goal| match &goal.measure {
        Measure::Percent { bound, value } => Some((*bound, value.to_string())),
        _ => None,
    };
    target.goals.iter().filter_map(value).collect()
}

fn counts(target: &Target) -> Vec<(i64, &str)> {
    let counted = |goal: &'_ Goal| match goal.measure {
        Measure::Count { value, .. } => value,
        _ => panic!("{goal:?} is no count"),
    };
    target
        .goals
        .iter()
        .map(|goal| (counted(goal), goal.indicator.unit.as_deref().unwrap()))
        .collect()
}

#[test]
fn the_plan_itself() {
    let plan = shipped();
    let facts = &plan.facts;
    assert_eq!(facts.symbol.to_string(), "833/QĐ-UBND");
    assert_eq!(facts.date.unwrap().to_string(), "2023-04-14");
    assert_eq!(
        facts.issuer.as_deref(),
        Some("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH VĨNH LONG")
    );
    assert_eq!(
        facts.title.as_deref(),
        Some("KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2023")
    );
    assert_eq!(facts.year, Some(2023));
    let budget = facts.budget.as_ref().unwrap();
    assert_eq!(budget.total.dong(), 82_237_000_000);
    assert_eq!(budget.capital.map(Vnd::dong), Some(25_727_000_000));
    assert_eq!(budget.recurrent.map(Vnd::dong), Some(56_510_000_000));
    assert_eq!(budget.line, 337);
    let coordinator = facts.coordinator.as_ref().unwrap();
    assert_eq!(
        coordinator.body.as_ref().unwrap().name,
        "Sở Thông tin và Truyền thông"
    );
}

#[test]
fn all_targets_under_their_headings() {
    let plan = shipped();
    let numbers: Vec<u32> = plan.targets.iter().map(|target| target.number).collect();
    assert_eq!(numbers, (1..=148).collect::<Vec<_>>());
    let sizes: Vec<(&str, &str, usize)> = plan
        .target_groups
        .iter()
        .map(|group| {
            let inside = plan
                .targets
                .iter()
                .filter(|target| target.group == group.code);
            (&*group.code, &*group.heading, inside.count())
        })
        .collect();
    assert_eq!(
        sizes,
        [
            ("I", "CHÍNH QUYỀN SỐ", 77),
            ("II", "KINH TẾ SỐ", 32),
            ("III", "XÃ HỘI SỐ", 39)
        ]
    );
}

#[test]
fn every_line_number_leads_back_to_the_text() {
    let plan = shipped();
    let lines: Vec<&str> = SHIPPED.lines().collect();
    let at = |line: u32| lines[line as usize - 1];
    for target in &plan.targets {
        assert_eq!(at(target.line).trim(), format!("{}.", target.number));
        assert!(at(target.leads.line).contains(target.leads.text.lines().next().unwrap_or("")));
        for basis in &target.legal_bases {
            assert!(at(basis.line).contains(&basis.text));
        }
        for goal in &target.goals {
            assert!(at(goal.line).contains(goal.text.lines().next().unwrap()));
        }
    }
    for project in plan.projects() {
        assert_eq!(at(project.line).trim(), project.code);
    }
}

#[test]
fn goals_that_are_hard_to_read() {
    let plan = shipped();
    let one = |number| percent(target(&plan, number));
    assert_eq!(one(1), [(Bound::AtLeast, "100".to_owned())]);
    assert_eq!(one(21), [(Bound::MoreThan, "50".to_owned())]);
    assert_eq!(one(42), [(Bound::AtLeast, "30".to_owned())]);
    assert_eq!(one(122), [(Bound::AtLeast, "100".to_owned())]);
    assert_eq!(counts(target(&plan, 35)), [(1, "chuyên gia")]);
    assert_eq!(counts(target(&plan, 37)), [(6, "sản phẩm, hàng hóa")]);
    assert_eq!(
        counts(target(&plan, 100)),
        [
            (300, "cá nhân, cơ sở, doanh nghiệp"),
            (600, "sản phẩm"),
            (100, "giao dịch")
        ]
    );
    let measure = |number| target(&plan, number).goals[0].measure.clone();
    assert_eq!(measure(68), Measure::Standing);
    assert_eq!(measure(94), Measure::PlanGoals);
    assert_eq!(measure(123), Measure::Milestone);
    assert_eq!(measure(29), Measure::Milestone);

    let two = target(&plan, 96);
    assert_eq!(
        percent(two),
        [
            (Bound::AtLeast, "20".to_owned()),
            (Bound::AtLeast, "40".to_owned())
        ]
    );
    assert_eq!(two.goals[1].line, 1110);
    assert!(
        two.goals[1]
            .indicator
            .name
            .starts_with("trong đó, có số thanh toán")
    );
    assert_eq!(two.goal_text, "20%\n40%");

    let chosen = &target(&plan, 30).goals[0];
    let labels: Vec<&str> = chosen
        .parts
        .iter()
        .map(|part| part.label.as_str())
        .collect();
    assert_eq!(labels, ["cấp tỉnh", "cấp huyện", "cấp xã"]);
    let counted: Vec<usize> = chosen.parts.iter().map(|part| part.bodies.len()).collect();
    assert_eq!(counted, [10, 4, 0]);
    assert_eq!(target(&plan, 39).goals[0].parts.len(), 8);
}

#[test]
fn names_with_commas_abbreviations_and_slips() {
    let plan = shipped();
    let leads = |number| bodies(&target(&plan, number).leads);
    let partners = |number| bodies(&target(&plan, number).partners);
    let all = ["Các sở, ban, ngành tỉnh", "UBND cấp huyện", "UBND cấp xã"];
    assert_eq!(partners(1), all);
    assert_eq!(leads(27), all);
    assert_eq!(
        partners(32),
        [
            "Các sở, ban, ngành tỉnh",
            "UBND cấp huyện",
            "Sở Thông tin và Truyền thông"
        ]
    );
    assert_eq!(
        partners(51),
        [
            "Sở Thông tin và Truyền thông",
            "UBND cấp huyện",
            "UBND cấp xã"
        ]
    );
    assert_eq!(
        leads(80),
        ["Sở Công Thương", "Sở Nông nghiệp và Phát triển nông thôn"]
    );
    assert_eq!(
        leads(96),
        [
            "Ngân hàng Nhà nước Việt Nam chi nhánh Vĩnh Long",
            "Các ngân hàng thương mại trên địa bàn"
        ]
    );
    assert_eq!(
        leads(104),
        [
            "Sở Kế hoạch và Đầu tư",
            "Sở Công Thương",
            "Sở Nông nghiệp và Phát triển nông thôn"
        ]
    );
    assert_eq!(
        leads(134),
        [
            "Các trường trung học phổ thông",
            "Các cơ sở giáo dục nghề nghiệp",
            "Các cơ sở giáo dục"
        ]
    );
    assert_eq!(leads(135), ["Sở Văn hóa, Thể thao và Du lịch"]);
    assert_eq!(partners(77).len(), 7);
}

#[test]
fn every_name_is_understood() {
    let plan = shipped();
    let unresolved: Vec<&Finding> = plan
        .findings
        .iter()
        .filter(|finding| finding.code == FindingCode::NameUnresolved)
        .collect();
    assert!(unresolved.is_empty(), "{unresolved:?}");
}

#[test]
fn legal_bases_are_split() {
    let plan = shipped();
    let documents: Vec<(String, String, String)> = target(&plan, 20)
        .legal_bases
        .iter()
        .map(|basis| {
            let basis = basis.clone();
            let symbol = basis.symbol.unwrap().to_string();
            (basis.kind.unwrap(), symbol, basis.date.unwrap().to_string())
        })
        .collect();
    let expected = [
        ("Nghị quyết", "07-NQ/TU", "2022-11-16"),
        ("Quyết định", "483/QĐ-BTTTT", "2023-03-29"),
    ];
    assert_eq!(documents.len(), 2);
    for (found, expected) in documents.iter().zip(expected) {
        assert_eq!((&*found.0, &*found.1, &*found.2), expected);
    }
    assert!(target(&plan, 37).legal_bases.is_empty());
}

#[test]
fn projects_and_their_exact_amounts() {
    let plan = shipped();
    let sizes: Vec<(u32, usize, usize)> = plan
        .project_annexes
        .iter()
        .map(|annex| {
            let projects = annex.groups.iter().map(|group| group.projects.len()).sum();
            (annex.number, annex.groups.len(), projects)
        })
        .collect();
    assert_eq!(sizes, [(2, 14, 59), (3, 8, 38)]);
    let [province, districts] = &plan.project_annexes[..] else {
        panic!("two annexes");
    };
    assert_eq!(province.numbers.form, Some("english"));
    assert_eq!(districts.numbers.form, Some("english"));
    assert_eq!(
        districts.numbers.witness.as_deref(),
        Some("2,438 = 2,130 + 308")
    );

    let health = &province.groups[8];
    assert_eq!(health.stated.total.vnd, Some(Vnd::new(4_980_000_000)));
    assert_eq!(
        health.projects[2].amounts.total.vnd,
        Some(Vnd::new(912_912_000))
    );
    assert_eq!(health.projects[2].amounts.total.written, "912.912");
    assert_eq!(health.projects[0].note.inherited_from, None);
    assert_eq!(
        province.groups[4].projects[0].amounts.recurrent.vnd,
        Some(Vnd::new(28_800_000))
    );
    let security = &province.groups[13].projects[1];
    assert_eq!(security.code, "14.2");
    assert_eq!(security.amounts.capital.vnd, Some(Vnd::new(10_000_000_000)));
    assert_eq!(security.amounts.recurrent.vnd, None);
    assert_eq!(province.stated.total.vnd, Some(Vnd::new(65_135_000_000)));
    assert_eq!(districts.stated.capital.written, "-");
    assert_eq!(districts.stated.capital.vnd, None);
}

#[test]
fn leads_of_projects_depend_on_their_group() {
    let plan = shipped();
    let [province, districts] = &plan.project_annexes[..] else {
        panic!("two annexes");
    };
    let leads = |annex: &'_ ProjectAnnex, group: usize, project: usize| {
        bodies(&annex.groups[group].projects[project].leads).join("; ")
    };
    assert_eq!(leads(province, 10, 0), "Văn phòng UBND tỉnh");
    assert_eq!(leads(province, 12, 0), "Sở Giáo dục và Đào tạo");
    assert_eq!(leads(districts, 0, 0), "UBND thành phố Vĩnh Long");
    assert_eq!(
        leads(districts, 3, 0),
        "Phòng Tài chính - Kế hoạch huyện Long Hồ"
    );
    assert_eq!(
        leads(districts, 6, 1),
        "Các phòng, ban thuộc huyện Trà Ôn; UBND các xã, thị trấn thuộc huyện Trà Ôn"
    );
    assert_eq!(leads(districts, 4, 7), "");
}

#[test]
fn merged_notes_reach_down_and_empty_ones_do_not() {
    let plan = shipped();
    let finance = &plan.project_annexes[0].groups[2];
    let last = &finance.projects[3];
    assert_eq!(last.note.text, "");
    assert_eq!(last.note.inherited_from, Some(1575));
    assert!(
        finance
            .note_on(last)
            .text
            .ends_with("CV số 630/STC-VP ngày 23/3/2023 của Sở Tài chính")
    );
    let mang_thit = &plan.project_annexes[1].groups[4];
    assert_eq!(mang_thit.projects[6].note.inherited_from, Some(2287));
    assert_eq!(mang_thit.projects[8].note.inherited_from, None);
}

#[test]
fn what_does_not_add_up() {
    let plan = shipped();
    let lines: Vec<String> = plan
        .findings
        .iter()
        .map(|finding| {
            let args: Vec<String> = finding
                .args
                .iter()
                .map(|(name, value)| match value {
                    Arg::Text(text) => format!("{name}={text}"),
                    Arg::Number(number) => format!("{name}={number}"),
                })
                .collect();
            format!(
                "{:?} {:?} {:?} {}",
                finding.lines,
                finding.severity,
                finding.code,
                args.join(", ")
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn the_same_text_gives_the_same_plan() {
    let json = |plan: &ParsedPlan| serde_json::to_string(plan).unwrap();
    assert_eq!(json(&shipped()), json(&shipped()));
}
