//! `phusa serve`: the pages, the API, and what has to be done meanwhile.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};
use registry::hooks::Outlet;
use store::Store;
use tokio::net::TcpListener;
use web::pages::links;

use crate::applying;
use crate::arguments::leaf;
use crate::failure::Failure;
use crate::province::Province;
use crate::server::background::Background;
use crate::server::demo::{self, Demo};
use crate::server::mails::Post;
use crate::server::samples;
use crate::server::shipped;
use crate::server::stop::Stop;
use crate::settings::Settings;
use crate::terminal;
use crate::words::Words;

pub(crate) fn command(words: Words) -> Command {
    leaf("serve", "serve", words).arg(
        Arg::new("demo")
            .long("demo")
            .action(ArgAction::SetTrue)
            .help(words.t("help-serve-demo")),
    )
}

pub(crate) async fn run(
    asked: &ArgMatches,
    settings: &Settings,
    words: Words,
) -> Result<ExitCode, Failure> {
    let stop = Stop::listen()?;
    let mailer = settings.mailer()?;
    // First of all the port: two servers over one folder are mostly one started twice.
    let listener = bind(&settings.listen).await?;
    let address = listener
        .local_addr()
        .map_err(|error| unreachable(&settings.listen, error))?;
    let opened = applying::settle(settings, words).await?;
    let province = Province::over(opened).await?;
    let webhooks = settings.webhooks(province.store.context())?;
    let sender = settings.sender(&webhooks)?;
    shipped::load(&province).await?;
    let demo = if asked.get_flag("demo") {
        let demo = demo::prepare(&province, settings).await?;
        samples::load(&province).await?;
        Some(demo)
    } else {
        None
    };
    terminal::print(&greeting(address, &province.store, settings, words).await?)?;
    if let Some(code) = province.directory.issue_setup_code().await? {
        terminal::print(&words.t_args(
            "serve-first-administrator",
            &[("address", &page(address, links::SETUP)), ("code", &code)],
        ))?;
    }
    if let Some(demo) = &demo {
        terminal::print(&demo.said(words))?;
    }

    let public_url = settings
        .public_url
        .clone()
        .unwrap_or_else(|| page(address, ""));
    let post = Post {
        mailer,
        public_url: public_url.clone(),
    };
    let outlet = Outlet {
        sender,
        key: webhooks.key.clone(),
        link: web::http::record_links(&public_url),
    };
    let background = Background::start(&province.plans, post, outlet);
    let app = web::http::App::new(
        province.plans.clone(),
        web::http::Settings {
            demo: demo.map(Demo::into_web),
            public_url,
            webhooks: Some(webhooks),
            ..settings.web()
        },
    );
    let served = web::http::serve(app, listener, stop.asked_for()).await;
    background.end().await;
    served.map_err(|error| Failure::new("failure-serving").with("why", error))?;
    terminal::print(&words.t("serve-stopped"))?;
    Ok(ExitCode::SUCCESS)
}

async fn bind(address: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .await
        .map_err(|error| unreachable(address, error))
}

fn unreachable(address: &str, error: std::io::Error) -> Failure {
    let key = match error.kind() {
        std::io::ErrorKind::AddrInUse => "failure-port-taken",
        std::io::ErrorKind::PermissionDenied => "failure-port-forbidden",
        _ => "failure-address",
    };
    Failure::new(key)
        .with("address", address)
        .with("why", error)
}

async fn greeting(
    address: SocketAddr,
    store: &Store,
    settings: &Settings,
    words: Words,
) -> Result<String, Failure> {
    let engine = store.durability().await?.engine;
    Ok(words.t_args(
        "serve-greeting",
        &[
            ("version", &env!("CARGO_PKG_VERSION")),
            ("address", &page(address, links::OVERVIEW)),
            ("folder", &settings.data.display().to_string()),
            ("engine", &engine),
        ],
    ))
}

/// Where a browser on this machine finds a page.
fn page(address: SocketAddr, path: &str) -> String {
    let host = match address.ip() {
        ip if ip.is_unspecified() => "localhost".to_owned(),
        std::net::IpAddr::V6(ip) => format!("[{ip}]"),
        std::net::IpAddr::V4(ip) => ip.to_string(),
    };
    format!("http://{host}:{}{path}", address.port())
}
