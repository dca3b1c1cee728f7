//! Systems that packs declare: which there are, lists of their records, forms made from the
//! declaration, a record with its steps, its versions and print-outs, files in and out.

mod condition;
mod desk;
mod export;
mod form;
mod history;
mod import;
mod import_page;
mod index;
mod list;
mod looks;
mod manual;
mod many;
mod map;
mod print;
mod retention;
mod save;
mod shape;
mod show;
mod speaker;
mod steps;
mod typed;
mod words;

pub(in crate::http) use condition::Saying;
pub(crate) use condition::said_condition;
pub(crate) use desk::{Desk, files_of, reads};
pub(crate) use import::{reason_titles, state as import_state};
pub(crate) use import_page::{SHOWN as REFUSED_SHOWN, why as import_why};
pub(crate) use list::order_of;
pub(super) use map::{around, bounds_of, feature, kept, with};
pub(crate) use print::is_open as print_is_open;
pub(crate) use speaker::Speaker;
pub(in crate::http) use words::code_title;
pub(crate) use words::{Labels, followed, label, link_to, said_title, state_title, task_of, told};

use super::route_list::{Routes, get, post};
use crate::pages::links;

/// The routes of the pages about systems.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::SYSTEMS, get(index::show))
        .route("/huong-dan/{pack}", get(manual::show))
        .route("/he-thong/{pack}/{record}", get(list::show))
        .route(
            "/he-thong/{pack}/{record}/moi",
            get(save::begin).post(save::create),
        )
        .route("/he-thong/{pack}/{record}/ban-do", get(map::show))
        .route("/he-thong/{pack}/{record}/ban-do/tai", get(map::at))
        .route(
            "/he-thong/{pack}/{record}/ban-do/o/{z}/{x}/{y}",
            get(map::tile),
        )
        .route("/he-thong/{pack}/{record}/xem/{view}", get(looks::show))
        .route("/he-thong/{pack}/{record}/xuat", get(export::send))
        .route(
            "/he-thong/{pack}/{record}/cung-luc",
            get(many::show).post(many::run),
        )
        .route(
            "/he-thong/{pack}/{record}/nhap",
            get(import::show).post(import::begin),
        )
        .route(
            "/he-thong/{pack}/{record}/nhap/{import}",
            get(import_page::show),
        )
        .route(
            "/he-thong/{pack}/{record}/nhap/{import}/loi",
            get(import_page::failed),
        )
        .route(
            "/he-thong/{pack}/{record}/nhap/{import}/buoc/{step}",
            post(import_page::step),
        )
        .route(
            "/he-thong/{pack}/{record}/luu-tru",
            get(retention::show).post(retention::confirm),
        )
        .route("/he-thong/{pack}/{record}/{id}", get(show::show))
        .route(
            "/he-thong/{pack}/{record}/{id}/sua",
            get(save::edit).post(save::revise),
        )
        .route("/he-thong/{pack}/{record}/{id}/lich-su", get(history::show))
        .route(
            "/he-thong/{pack}/{record}/{id}/in/{print}",
            get(print::show),
        )
        .route("/he-thong/{pack}/{record}/{id}/gop-y", post(steps::comment))
        .route(
            "/he-thong/{pack}/{record}/{id}/theo-doi",
            post(steps::follow),
        )
        .route("/he-thong/{pack}/{record}/{id}/rut-lai", post(steps::undo))
        .route("/he-thong/{pack}/{record}/{id}/giu", post(retention::hold))
        .route(
            "/he-thong/{pack}/{record}/{id}/thoi-giu",
            post(retention::let_go),
        )
        .route("/he-thong/{pack}/{record}/{id}/xoa", post(steps::discard))
        .route(
            "/he-thong/{pack}/{record}/{id}/viec/{task}",
            post(steps::finish),
        )
        .route(
            "/he-thong/{pack}/{record}/{id}/buoc/{step}",
            post(steps::take),
        )
}
