//! Files as people have them, and as nobody should.

use registry::RegistryError;

use super::{Cell, ImportState, ImportStep, Which, sheet, table, work, yards};

#[tokio::test(flavor = "multi_thread")]
async fn refused_rows_come_back_as_they_came_are_corrected_and_sent_again() {
    for yard in yards(321).await {
        let number = |text: &str| Cell::Number(text.parse().unwrap());
        let head = ["Tên hộp", "Số máy", "Cân nặng", "Ngày làm", "Màu"];
        let rows = [
            head.map(Cell::Text).to_vec(),
            vec![
                Cell::Text("A (giả lập)"),
                Cell::Text("S-1"),
                number("1234.5"),
            ],
            vec![
                Cell::Text("B (giả lập)"),
                Cell::Text("S-2"),
                number("1.25"),
                Cell::Text("31/12/2022"),
                Cell::Text("đỏ"),
            ],
            vec![
                Cell::Text("C (giả lập)"),
                Cell::Text("S-2"),
                Cell::Text("1,25"),
                Cell::Text("2022-12-31"),
                Cell::Text("green"),
            ],
            // What a merged cell covers is empty.
            vec![Cell::Empty, Cell::Text("S-4"), Cell::Text("1.234")],
        ];
        let import = yard.tried(&sheet(&rows)).await;
        let refused = yard.refused(import.id(), Which::Trial).await;
        let said: Vec<(i64, &str, &str)> = refused
            .iter()
            .map(|one| {
                let field = &one.problem.fields[0];
                (one.place, field.field.as_str(), field.code.as_str())
            })
            .collect();
        let expected = [
            (1, "weight", "pack-said"),
            (3, "serial", "system-import-row-before"),
            (4, "name", "field-required"),
        ];
        assert_eq!(said, expected, "{}", yard.place.name);

        let mut found = yard
            .registry()
            .failed_rows(&import, Which::Trial)
            .await
            .unwrap();
        assert_eq!(found.head.len(), 5);
        let mut again = vec![head.map(Cell::Text).to_vec()];
        again[0].push(Cell::Text("Lý do từ chối"));
        let mut failed = Vec::new();
        while let Some(some) = found.more().await.unwrap() {
            failed.extend(some);
        }
        assert_eq!(failed.len(), 3);
        assert!(failed[0].0[2].is_number && failed[0].0[2].text == "1234.5");
        for (place, (cells, _)) in failed.iter().enumerate() {
            let mut cells: Vec<Cell<'_>> =
                cells.iter().map(|cell| Cell::Text(&cell.text)).collect();
            cells.resize(5, Cell::Empty);
            match place {
                0 => cells[2] = number("999.5"),
                1 => cells[1] = Cell::Text("S-3"),
                _ => (cells[0], cells[2]) = (Cell::Text("D (giả lập)"), number("7")),
            }
            cells.push(Cell::Text("vì sao đó"));
            again.push(cells);
        }
        yard.step(import.id(), ImportStep::Start).await;
        work(yard.registry()).await;
        // Rows that share what they may not are looked at when those before are in.
        let run = yard.now(import.id()).await.pass(Which::Run).unwrap();
        assert_eq!((run.good, run.refused), (1, 3));
        let second = yard.tried(&sheet(&again)).await;
        assert_eq!(second.pass(Which::Trial).unwrap().good, 3);
        yard.step(second.id(), ImportStep::Start).await;
        work(yard.registry()).await;
        assert_eq!(yard.boxes().await.len(), 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_there_once_is_taken_in_once_however_rows_are_grouped() {
    for yard in yards(322).await {
        let row = |row: usize| format!("Hộp {row} (giả lập),K-{}\n", row % 10);
        let head = "Tên hộp,Kệ\n".to_owned();
        let text: String = std::iter::once(head).chain((0..40).map(row)).collect();
        let import = yard.tried(text.as_bytes()).await;
        assert_eq!(import.pass(Which::Trial).unwrap().good, 10);
        yard.step(import.id(), ImportStep::Start).await;
        work(yard.registry()).await;
        let run = yard.now(import.id()).await.pass(Which::Run).unwrap();
        assert_eq!((run.good, run.refused), (10, 30), "{}", yard.place.name);
        assert_eq!(yard.boxes().await.len(), 10);
        // Sent again, every row is there already.
        let again = yard.tried(text.as_bytes()).await;
        assert_eq!(again.pass(Which::Trial).unwrap().refused, 40);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_none_are_refused_at_once_or_stop_with_a_reason() {
    for yard in yards(323).await {
        for (bytes, code) in [
            (&b"PK\x03\x04 nothing"[..], "people-file-broken"),
            (b"\xff\xfe\x00", "people-file-broken"),
            (b"Gi\xc3\xa1 tr\xe1\xbb\x8b\n1\n", "system-import-column"),
            (
                "Tên hộp,Name\na,b\n".as_bytes(),
                "system-import-column-twice",
            ),
        ] {
            let refusal = yard.begin(bytes).await.unwrap_err();
            let RegistryError::Refused(problem) = refusal else {
                panic!("{refusal}");
            };
            assert_eq!(problem.fields[0].code, code);
        }
        // Damaged in the middle: what was read until then is told.
        let broken = format!("{}a,{}\n", table(600, 0), "x,".repeat(300));
        let import = yard.begin(broken.as_bytes()).await.unwrap();
        work(yard.registry()).await;
        let stopped = yard.now(import.id()).await;
        assert_eq!(stopped.state, ImportState::Stopped);
        assert_eq!(stopped.why(), Some("system-import-why-broken"));
        // Titles alone bring nothing in, and that can be seen.
        let empty = yard.tried("Tên hộp\n".as_bytes()).await;
        assert_eq!(empty.pass(Which::Trial).unwrap().rows, 0);
        // A cell beyond the titles belongs to no field.
        let beyond = yard.tried("Tên hộp\nA (giả lập),thừa\n".as_bytes()).await;
        let refused = yard.refused(beyond.id(), Which::Trial).await;
        assert_eq!(refused[0].problem.fields[0].code, "system-import-beyond");
    }
}
