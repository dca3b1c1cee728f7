//! Reading the table.

pub(crate) const TABLE: &str = include_str!("table.txt");

/// One row: an endpoint, what it is asked about, and what each visitor gets.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) method: String,
    /// As the router has it.
    pub(crate) path: String,
    /// What stands in the place of its parameter.
    pub(crate) subject: String,
    /// A query, with its `?`.
    pub(crate) query: String,
    /// What is sent: a form, JSON from `{` on.
    pub(crate) body: String,
    /// One word for each visitor.
    pub(crate) answers: Vec<String>,
}

/// The rows. A line that begins with blanks belongs to the row above it.
pub(crate) fn read(text: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    for line in lines.filter(|line| !line.starts_with('#')) {
        if line.starts_with(' ') {
            let row = rows.last_mut().expect("a row above the first body");
            match line.trim().split_once(' ') {
                Some(("asks", query)) => query.trim().clone_into(&mut row.query),
                Some(("sends", body)) => body.trim().clone_into(&mut row.body),
                _ => panic!("neither asks nor sends: {line}"),
            }
            continue;
        }
        let mut words = line.split_whitespace().map(str::to_owned);
        let mut word = || words.next().expect("method, path and subject");
        let (method, path, subject) = (word(), word(), word());
        rows.push(Row {
            method,
            path,
            subject,
            query: String::new(),
            body: String::new(),
            answers: words.filter(|word| word != "|").collect(),
        });
    }
    rows
}
