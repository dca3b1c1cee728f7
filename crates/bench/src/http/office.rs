//! A province's office as the program serves it, with many reports on their way, kept from
//! run to run.

use std::fs;
use std::time::Instant;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use store::Config;

use super::client::Connection;
use super::loading;
use super::process::{PASSWORD, Server, token};
use crate::Failure;
use crate::dataset;
use crate::options::Options;
use crate::place::{Engine, connect};

/// Changes with anything about the reports, so that kept ones of another shape are not used.
const SHAPE: &str = "2";
/// An officer, whose unit has drafts.
pub(super) const OFFICER: &str = "canbo.snv";
/// Whoever puts all units' reports together.
pub(super) const COORDINATOR: &str = "dieuphoi.sttt";

/// Where it is, and who asks.
#[derive(Clone)]
pub(crate) struct Office {
    pub(crate) config: Config,
    /// How many reports are on their way.
    pub(crate) count: u64,
    /// A header line with the officer's token.
    pub(crate) officer: String,
    /// A header line with the coordinator's token.
    pub(crate) coordinator: String,
}

impl Office {
    /// The office, loaded if it is not there or other code made it.
    pub(crate) async fn kept(engine: &Engine, options: &Options) -> Result<Self, Failure> {
        let count = dataset::size(options);
        let name = format!("office_{count}");
        let mut config = engine.config(&name);
        let mark = config.data.join("ready");
        if !fs::read_to_string(&mark).is_ok_and(|found| found == SHAPE) {
            config = engine.empty(&name).await?;
            let began = Instant::now();
            // Its first start puts in the units, the plan and the people.
            Server::phusa(&config)?.kill()?;
            loading::load(&config, count).await?;
            if let Some(url) = &config.database_url {
                connect(url).await?.batch_execute("VACUUM ANALYZE").await?;
            }
            fs::write(&mark, SHAPE)?;
            let took = began.elapsed().as_secs_f64();
            println!(
                "loaded {count} reports into {} in {took:.0} s",
                engine.name()
            );
        }
        let bearer = |account| {
            let token = token(&config, account)?;
            Ok::<_, Failure>(format!("authorization: Bearer {token}\r\n"))
        };
        Ok(Self {
            officer: bearer(OFFICER)?,
            coordinator: bearer(COORDINATOR)?,
            config,
            count,
        })
    }
}

/// Signs somebody in as a browser does; a header line with the session's cookie.
pub(crate) async fn sign_in(address: &str, account: &str) -> Result<String, Failure> {
    let mut browser = Connection::open(address).await?;
    let form = browser.get("/dang-nhap", "").await?;
    let visit = form.cookie("phusa-visit").ok_or("no visit's cookie")?;
    let cookie = format!("cookie: phusa-visit={visit}\r\n");
    let page = String::from_utf8(form.body)?;
    let (_, rest) = page
        .split_once(r#"name="csrf" value=""#)
        .ok_or("the form has no token")?;
    let csrf = rest.split('"').next().unwrap_or_default();
    let password = encoded(PASSWORD);
    let sent = format!("csrf={csrf}&ten-dang-nhap={account}&mat-khau={password}&tiep=%2F");
    let headers = format!("{cookie}content-type: application/x-www-form-urlencoded\r\n");
    let request = browser.request("POST", "/dang-nhap", &headers, &sent);
    let answer = browser.send(&request).await?;
    let session = answer.cookie("phusa").ok_or("the sign-in was refused")?;
    Ok(format!("cookie: phusa={session}\r\n"))
}

/// Text as it stands in an address or a form.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// A draft of the officer, being edited again and again.
pub(crate) struct Draft {
    path: String,
    report: Value,
    etag: String,
}

impl Draft {
    /// The draft of this number as it stands.
    pub(crate) async fn read(
        connection: &mut Connection,
        office: &Office,
        number: u64,
    ) -> Result<Self, Failure> {
        let path = format!("/api/v1/observations/{}", loading::draft(number)?);
        let answer = connection.get(&path, &office.officer).await?;
        let etag = answer.header("etag").unwrap_or_default().to_owned();
        Ok(Self {
            path,
            report: serde_json::from_slice(&answer.fine()?)?,
            etag,
        })
    }

    /// Gives it another value.
    pub(crate) async fn edit(
        &mut self,
        connection: &mut Connection,
        office: &Office,
        numerator: u64,
    ) -> Result<(), Failure> {
        let body = serde_json::json!({
            "indicator": self.report["indicator"], "unit": self.report["unit"],
            "period": self.report["period"], "numerator": numerator, "denominator": 1_000_000,
        });
        let headers = format!(
            "{}content-type: application/json\r\nif-match: {}\r\n",
            office.officer, self.etag
        );
        let request = connection.request("PUT", &self.path, &headers, &body.to_string());
        let answer = connection.send(&request).await?;
        if let Some(etag) = answer.header("etag") {
            etag.clone_into(&mut self.etag);
        }
        answer.fine().map(drop)
    }
}
