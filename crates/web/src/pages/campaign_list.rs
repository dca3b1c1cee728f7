//! Calls for reports: those that run and those that ended.

use askama::Template;

use super::inbox::Due;
use super::parts::Link;
use super::{Shell, links};

/// The list of campaigns.
#[derive(Clone, Debug, Template)]
#[template(path = "campaign_list.html")]
pub struct CampaignList {
    /// The frame.
    pub shell: Shell,
    /// Whether the reader may open a new one.
    pub opens: bool,
    /// Those that units may hand in for.
    pub open: Vec<CampaignRow>,
    /// Those that ended.
    pub closed: Vec<CampaignRow>,
}

/// One campaign.
#[derive(Clone, Debug)]
pub struct CampaignRow {
    /// What it is called.
    pub title: String,
    /// The period, in words.
    pub period: String,
    /// Until when.
    pub due: Option<Due>,
    /// Its page.
    pub href: String,
    /// How far all sheets that the reader sees have come, in words.
    pub progress: String,
    /// The reader's own sheets, where they are few: unit and where it stands.
    pub own: Vec<Link>,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for CampaignList {
        const NAME: &'static str = "campaign_list";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |title: &str, days_left| CampaignRow {
                title: title.to_owned(),
                period: "quý III/2023".to_owned(),
                due: Some(Due {
                    at: samples::moment(13, 23, 59),
                    days_left,
                }),
                href: links::campaign("0192f3"),
                progress: "12/139".to_owned(),
                own: vec![Link::new(links::sheet("0192f3", "0192f4"), LONG)],
            };
            let usual = Self {
                shell: samples::officer(shell),
                opens: true,
                open: vec![row("Báo cáo quý III/2023", 3), row(HOSTILE, -4)],
                closed: vec![row(LONG, -90)],
            };
            let empty = Self {
                opens: false,
                open: Vec::new(),
                closed: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
