//! The numbers before headings, as the layout of a report counts them.

use super::layout::{Layout, Level};

/// Counts headings from the first to the last.
#[derive(Clone, Debug)]
pub struct Headings {
    levels: Vec<Level>,
    reached: [u32; 3],
}

impl Headings {
    /// Before the first heading of a report with this layout.
    pub fn of(layout: &Layout) -> Self {
        Self {
            levels: layout.numbers.clone(),
            reached: [0; 3],
        }
    }

    /// The next heading of this level, from 1, with its number.
    pub fn next(&mut self, level: i64, title: &str) -> String {
        let at = usize::try_from(level - 1).unwrap_or(0).min(2);
        self.reached[at] += 1;
        for below in &mut self.reached[at + 1..] {
            *below = 0;
        }
        match self.levels.get(at) {
            Some(level) => {
                let number = level.form.write(self.reached[at]);
                format!("{number}{} {title}", level.after)
            }
            None => title.to_owned(),
        }
    }
}
