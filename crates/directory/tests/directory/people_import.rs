//! Lists of people, as they come from hands and from enemies.

use directory::{ImportOptions, ImportOutcome, PeopleImport, Role};
use jiff::civil::date;

use crate::fixture::{Place, actor, places};

const HEADER: &str =
    "Họ và tên,Số định danh,Điện thoại,Email,Đơn vị,Chức danh,Vai trò,Từ ngày,Đến hết ngày";

async fn take(place: &Place, list: &str, options: ImportOptions) -> PeopleImport {
    let table = office::csv::read(list).unwrap();
    place
        .directory
        .import_people(&actor(), &table, options)
        .await
        .unwrap()
}

fn codes(report: &PeopleImport) -> Vec<String> {
    let code = |outcome: &ImportOutcome| match outcome {
        ImportOutcome::Added => "added".to_owned(),
        ImportOutcome::Changed => "changed".to_owned(),
        ImportOutcome::Unchanged => "unchanged".to_owned(),
        ImportOutcome::Refused(problems) => problems
            .iter()
            .map(|problem| problem.code.clone())
            .collect::<Vec<_>>()
            .join("+"),
    };
    report.rows.iter().map(|row| code(&row.outcome)).collect()
}

#[tokio::test]
async fn good_rows_go_in_and_bad_ones_come_back_with_reasons() {
    for place in places(19).await {
        place.directory.load_shipped(&actor()).await.unwrap();
        let list = format!(
            "{HEADER}\n\
             Pha\u{323}m Thi\u{323} Lan,086185000001,0912345678,lan@vl.vn,Sở Thông tin và Truyền thông,Chuyên viên,Cán bộ báo cáo,1/1/2023,\n\
             Phạm Thị Lan,086185000001,,,Sở Nội vụ,Phó trưởng phòng,head,2023-02-01,31/12/2023\n\
             Lê Văn Tám,086185000001,,,Sở Nội vụ,Chuyên viên,,1/1/2023,\n\
             ,12,x,y,Sở Thông tin và Truyền thôn,,vua,31/2/2023,z\n\
             Trần Thị Sáu,,,,Sở Nội vụ,Văn thư,,1/2/2023,1/1/2023\n\
             Trần Thị Sáu,,,,Sở Nội vụ,Văn thư,,,\n\
             =1+1,,,,Sở Nội vụ,Văn thư,,1/2/2023,\n\
             =1+1,,,,Sở Nội vụ,Văn thư,,1/2/2023,\n"
        );
        let dry = ImportOptions {
            dry_run: true,
            ..ImportOptions::default()
        };
        let expected = [
            "added",
            "added",
            "citizen-id-taken",
            "name-invalid+citizen-id-invalid+phone-invalid+email-invalid+date-invalid+date-invalid+role-unknown+unit-unknown-near",
            "dates-order",
            "date-missing",
            "added",
            "row-repeated",
        ];
        assert_eq!(
            codes(&take(&place, &list, dry).await),
            expected,
            "{}",
            place.name
        );
        assert_eq!(place.count("person").await, 0);
        let all = ImportOptions {
            all_or_nothing: true,
            ..ImportOptions::default()
        };
        assert!(!take(&place, &list, all).await.written);
        assert_eq!(place.count("person").await, 0);
        let report = take(&place, &list, ImportOptions::default()).await;
        assert!(report.written);
        assert_eq!(
            (place.count("person").await, place.count("position").await),
            (2, 3)
        );

        // The rows that failed come back in the same layout, and fail the same way again.
        let failed = report.failed("Lý do", |problems| problems[0].code.clone());
        assert_eq!(failed.len(), 6);
        let back: Vec<String> = failed.iter().map(|row| row.join(",")).collect();
        let again = take(&place, &back.join("\n"), ImportOptions::default()).await;
        assert_eq!(again.refused(), 4, "{:?}", codes(&again));
        assert!(!again.written);
        // A citizen's number is in no report.
        assert!(!format!("{:?}", report.rows[2].outcome).contains("0861"));

        let repeated = take(&place, &list, ImportOptions::default()).await;
        assert!(!repeated.written);
        assert_eq!(codes(&repeated)[..2], ["unchanged", "unchanged"]);
        assert_eq!(place.count("person").await, 2);
        let found = place
            .directory
            .find_people(store::Scope::bypass("a test"), "pham thi lan", 10)
            .await
            .unwrap();
        let positions = place.directory.positions_of(found[0].id).await.unwrap();
        assert_eq!(positions[0].draft.roles, [Role::Head]);
        assert_eq!(positions[0].draft.valid_to, Some(date(2024, 1, 1)));
    }
}

#[tokio::test]
async fn lists_without_the_columns_that_are_needed_are_refused() {
    let place = places(20).await.remove(0);
    for (list, code) in [
        ("", "people-import-empty"),
        ("Đơn vị,Chức danh\nx,y", "people-import-no-name"),
        ("Họ và tên,Cung hoàng đạo\nx,y", "people-import-columns"),
        ("Họ tên,Họ và tên\nx,y", "people-import-columns"),
    ] {
        let table = office::csv::read(list).unwrap();
        let taken = place
            .directory
            .import_people(&actor(), &table, ImportOptions::default())
            .await;
        assert_eq!(taken.unwrap_err().code(), Some(code), "{list}");
    }
}
