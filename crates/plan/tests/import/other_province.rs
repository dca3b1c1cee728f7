//! A made-up decision of another province, with its own table of names: nothing in the
//! importer may know the shipped one.

use plan::import::*;
use vocab::Vnd;

const ALIASES: &str = "alias,canonical,kind,note\n\
    Sở Khoa học và Công nghệ,Sở Khoa học và Công nghệ,body,\n\
    Sở KH&CN,Sở Khoa học và Công nghệ,body,\n\
    Sở Du lịch,Sở Du lịch,body,\n\
    UBND cấp xã,UBND cấp xã,group,\n\
    Phòng VHXH,Phòng Văn hóa - Xã hội {unit},body,\n\
    Xã An Bình,UBND xã An Bình,body,\n";

const DECISION: &str = "QUYẾT ĐỊNH\n\
VỀ VIỆC BAN HÀNH KẾ HOẠCH\n\
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG XANH\n\
Căn cứ Luật Công nghệ thông tin ngày 29/6/2006;\n\
Điều 2. Giao Giám đốc Sở KH&CN tổ chức thực hiện Kế hoạch này.\n\
KẾ HOẠCH\n\
CHUYỂN ĐỔI SỐ NĂM 2027\n\
(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2027 của UBND tỉnh)\n\
Tổng kinh phí thực hiện kế hoạch năm 2026: 9.000.000.000 đồng\n\
Tổng kinh phí thực hiện kế hoạch năm 2027: 1.500.500.000 đồng\n\
- Vốn sự nghiệp: 1.500.500.000 đồng\n\
(Đính kèm Phụ lục II)\n\
PHỤ LỤC I\n\
(Kèm theo Quyết định số 12/QĐ-UBND ngày 06/01/2027 của UBND tỉnh)\n\
\tSTT\n\tNhiệm vụ\n\tCăn cứ pháp lý\n\tCơ quan chủ trì\n\tCơ quan phối hợp\n\tMục tiêu\n\
\n\t1\n\t03 lớp tập huấn cho cán bộ\n\tQuyết định số 07/QĐ-UBND ngày 30/02/2026\n\tSở KH&CN\n\tUBND cấp xã\n\t02 lớp\n\
\n\t2\n\tTỷ lệ điểm đến có vé điện tử\n\t \n\tSở Du lich và Sở Khoa học và Công nghệ\n\tHội Lữ hành\n\ttrên 12,5%\n\
\n\t4\n\tTỷ lệ điểm đến du lịch có vé điện tử\n\tQĐ số 09/QĐ-UBND ngày 01/2/2027\n\tSở Du lịch\n\tUBND cấp xã\n\t20%\n\
\n\n\
PHỤ LỤC II\n\
DANH MỤC DỰ ÁN\n\
Đơn vị tính: nghìn đồng\n\
\tTT\n\tTên dự án\n\tĐơn vị chủ trì\n\tKinh phí\n\tKinh phí\n\tKinh phí\n\tGhi chú\n\
\n\t\n\t\n\t\n\tTổng cộng\n\tNguồn sự nghiệp\n\tNguồn đầu tư\n\t\n\
\n\t1\n\tXã An Bình\n\t \n\t1.500,5\n\t \n\t \n\tĐề xuất: 1.500,5 triệu đồng\n\
\n\t1.1\n\tTrang thông tin\n\tPhòng VHXH\n\t1.000\n\t900\n\t \n\tGhi chú A\n\
\n\t1.2\n\tBảng tin\n\tPhòng VHXH\n\t500,5\n\t500,5\n\t \n\t\n\
\n\t \n\tTổng cộng\n\t \n\t1.600\n\t1.500,5\n\t \n\t \n\n\n";

fn plan() -> ParsedPlan {
    let aliases = BodyAliases::read_csv(ALIASES).unwrap();
    read_decision_with(DECISION, &aliases).unwrap()
}

#[test]
fn columns_units_and_number_forms_come_from_the_document() {
    let plan = plan();
    assert_eq!(plan.facts.symbol.to_string(), "12/QĐ-UBND");
    assert_eq!(plan.facts.year, Some(2027));
    assert_eq!(
        plan.facts.budget.as_ref().unwrap().total.dong(),
        1_500_500_000
    );
    let coordinator = plan
        .facts
        .coordinator
        .as_ref()
        .unwrap()
        .body
        .as_ref()
        .unwrap();
    assert_eq!(coordinator.name, "Sở Khoa học và Công nghệ");
    assert_eq!(plan.targets.len(), 3);
    assert_eq!(plan.targets[0].goal_text, "02 lớp");
    let annex = &plan.project_annexes[0];
    assert_eq!(annex.unit_vnd, 1_000);
    assert_eq!(annex.numbers.form, Some("vietnamese"));
    let group = &annex.groups[0];
    assert_eq!(group.stated.total.vnd, Some(Vnd::new(1_500_500)));
    let lead = group.projects[0].leads.names[0].body.as_ref().unwrap();
    assert_eq!(lead.name, "Phòng Văn hóa - Xã hội xã An Bình");
    assert_eq!(group.note_on(&group.projects[1]).text, "Ghi chú A");
}

#[test]
fn the_same_rules_find_its_own_contradictions() {
    let plan = plan();
    let found: Vec<FindingCode> = plan.findings.iter().map(|finding| finding.code).collect();
    for expected in [
        FindingCode::AnnexTotalDiffers,
        FindingCode::AnnexSourcesDiffer,
        FindingCode::ProjectSourcesDiffer,
        FindingCode::BudgetDiffersFromAnnexes,
        FindingCode::BudgetDiffersFromProjects,
        FindingCode::RequestedUnitDiffers,
        FindingCode::GoalDiffersFromName,
        FindingCode::SimilarTargetOtherGoal,
        FindingCode::LegalBasisMissing,
        FindingCode::NumberingBroken,
        FindingCode::NameUnresolved,
        FindingCode::NameSpelledDifferently,
        FindingCode::DateImpossible,
        FindingCode::DateAfterDecision,
        FindingCode::DecisionNamedDifferently,
    ] {
        assert!(
            found.contains(&expected),
            "{expected:?} is not in {found:?}"
        );
    }
}

#[test]
fn a_sound_document_has_no_finding() {
    let sound = DECISION
        .replace("06/01/2027", "05/01/2027")
        .replace("30/02/2026", "28/02/2026")
        .replace("01/2/2027", "01/2/2026")
        .replace("03 lớp", "02 lớp")
        .replace(
            "\tTỷ lệ điểm đến có vé điện tử\n\t \n",
            "\tTỷ lệ hồ sơ số\n\tQuyết định số 08/QĐ-UBND\n",
        )
        .replace("Sở Du lich", "Sở Du lịch")
        .replace("Hội Lữ hành", "UBND cấp xã")
        .replace("\n\t4\n", "\n\t3\n")
        .replace("1.500.500.000 đồng", "1.500.500 đồng")
        .replace("1.500,5 triệu", "1.500,5 nghìn")
        .replace("\t900\n", "\t1.000\n")
        .replace("\t1.600\n", "\t1.500,5\n");
    let aliases = BodyAliases::read_csv(ALIASES).unwrap();
    let plan = read_decision_with(&sound, &aliases).unwrap();
    assert_eq!(plan.findings, []);
}

/// Columns in another order: what a heading says does not stand in the column of names.
const REORDERED: &str = "KẾ HOẠCH\n\
(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2027 của UBND tỉnh)\n\
I. MỤC TIÊU\n\
Phấn đấu 80% hồ sơ được số hóa.\n\
II. KINH PHÍ\n\
Tổng kinh phí năm 2027: 3.000,5 triệu đồng\n\
- Vốn sự nghiệp: 3.000,5 triệu đồng\n\
Các đơn vị tự cân đối phần còn lại.\n\
PHỤ LỤC I\n\
\tSTT\n\tĐơn vị chủ trì\n\tNội dung công việc\n\tKết quả cần đạt\n\tThời hạn\n\
\n\tI\n\tHẠ TẦNG SỐ\n\t\n\t\n\t\n\
\n\t1\n\tSở Du lịch\n\tTỷ lệ điểm đến có vé điện tử\n\t95%\n\tQuý IV/2027\n\
\n\n\
PHỤ LỤC II\n\
DANH MỤC DỰ ÁN\n\
ĐVT: triệu đồng\n\
\tTT\n\tĐơn vị đề xuất\n\tHạng mục\n\tTổng số\n\tVốn sự nghiệp\n\tGhi chú\n\
\n\tA\n\tSở Du lịch\n\t\n\t3.000,5\n\t3.000,5\n\t\n\
\n\t1\n\tSở Du lịch\n\tTrang thông tin\n\t3.000,5\n\t3.000,5\n\t\n\
\n\t\n\t\n\tTổng cộng\n\t3.000,5\n\t3.000,5\n\t\n\n\n";

fn reordered() -> ParsedPlan {
    let aliases = BodyAliases::read_csv(ALIASES).unwrap();
    read_decision_with(REORDERED, &aliases).unwrap()
}

#[test]
fn a_heading_stands_in_whichever_column_follows_the_numbers() {
    let plan = reordered();
    let headings: Vec<_> = plan.target_groups.iter().map(|own| &*own.heading).collect();
    assert_eq!(headings, ["HẠ TẦNG SỐ"]);
    assert_eq!(plan.targets[0].group, "I");
    let group = &plan.project_annexes[0].groups[0];
    assert_eq!(group.name, "Sở Du lịch");
    assert_eq!(group.body.as_ref().unwrap().name, "Sở Du lịch");
    assert_eq!(
        group.projects[0].amounts.total.vnd,
        Some(Vnd::new(3_000_500_000))
    );
}

#[test]
fn a_sentence_that_begins_like_a_part_is_none() {
    let plan = reordered();
    let duties: Vec<_> = plan.duties.iter().map(|duty| &*duty.text).collect();
    assert_eq!(duties, ["Phấn đấu 80% hồ sơ được số hóa."]);
}

#[test]
fn what_nothing_is_made_of_is_listed() {
    let plan = reordered();
    let unused: Vec<_> = plan.unused_lines.iter().map(|line| &*line.text).collect();
    assert_eq!(unused, ["Các đơn vị tự cân đối phần còn lại."]);
    let dues = plan.targets.iter().filter_map(|target| target.due.as_ref());
    let dues = dues.map(|due| (due.written.as_str(), due.by.unwrap().to_string()));
    let dues: Vec<_> = dues.collect();
    assert_eq!(dues, [("Quý IV/2027", "2027-12-31".to_owned())]);
}
