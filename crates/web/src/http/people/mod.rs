//! People, for administrators: the list, one person, positions, delegations, leaving, taking in a
//! list; and, for everybody, one's own profile.

mod delegation;
mod desk;
mod import;
mod leave;
mod list;
mod own_delegation;
mod person;
mod position;
mod profile;
mod shown;

pub(super) use self::desk::roles_to_give;
use super::route_list::{Routes, get, post};
use crate::pages::links;

/// The routes of the pages about people.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::PEOPLE, get(list::show))
        .route(links::PERSON_NEW, get(person::begin).post(person::create))
        .route(links::PEOPLE_IMPORT, get(import::show).post(import::take))
        .route("/quan-tri/can-bo/nhap/bi-tu-choi", get(import::refused))
        .route("/quan-tri/can-bo/{id}", get(person::show))
        .route(
            "/quan-tri/can-bo/{id}/sua",
            get(person::edit).post(person::save),
        )
        .route(
            "/quan-tri/can-bo/{id}/vi-tri",
            get(position::begin).post(position::create),
        )
        .route(
            "/quan-tri/vi-tri/{id}",
            get(position::edit).post(position::save),
        )
        .route(
            "/quan-tri/can-bo/{id}/uy-quyen",
            get(delegation::begin).post(delegation::create),
        )
        .route("/quan-tri/uy-quyen/{id}/ket-thuc", post(delegation::end))
        .route(
            "/quan-tri/can-bo/{id}/thoi-viec",
            get(leave::show).post(leave::confirm),
        )
        .route("/quan-tri/can-bo/{id}/tro-lai", post(leave::come_back))
        .route("/quan-tri/can-bo/{id}/moi-tai-khoan", post(person::invite))
        .route(links::MY_DELEGATIONS, get(own_delegation::show))
        .route(
            links::MY_DELEGATION_NEW,
            get(own_delegation::begin).post(own_delegation::create),
        )
        .route(
            "/tai-khoan/uy-quyen/{id}/ket-thuc",
            post(own_delegation::end),
        )
        .route(links::PROFILE, get(profile::show).post(profile::save))
}

/// The directory's fields and the forms'.
const NAMES: &[(&str, &str)] = &[
    ("name", "ho-ten"),
    ("citizen_id", "so-dinh-danh"),
    ("phone", "dien-thoai"),
    ("email", "thu-dien-tu"),
    ("account", "ten-dang-nhap"),
    ("unit", "don-vi"),
    ("title", "chuc-danh"),
    ("roles", "vai-tro"),
    ("kind", "hinh-thuc"),
    ("primary", "chinh"),
    ("valid_from", "tu-ngay"),
    ("valid_to", "den-ngay"),
    ("receiver", "nguoi-nhan"),
    ("giver", "nguoi-nhan"),
    ("position", "vi-tri"),
    ("reason", "ly-do"),
    ("document", "van-ban"),
    ("successor", "ban-giao"),
];
