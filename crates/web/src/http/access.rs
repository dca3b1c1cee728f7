//! The routes of lost passwords, invitations, tokens and the administration of accounts.

use super::route_list::{Routes, get, post};

use super::{account_admin, account_list, invitation, password_reset, rights, tokens};
use crate::pages::links;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            links::PASSWORD_LOST,
            get(password_reset::ask).post(password_reset::send),
        )
        .route(
            "/mat-khau-moi/{ma}",
            get(password_reset::show).post(password_reset::set),
        )
        .route(
            "/loi-moi/{ma}",
            get(invitation::show).post(invitation::accept),
        )
        .route(links::TOKENS, get(tokens::show).post(tokens::make))
        .route("/tai-khoan/ma-truy-cap/{id}/thu-hoi", post(tokens::end))
        .route(links::END_OTHER_SESSIONS, post(tokens::end_other_sessions))
        .route(links::RIGHTS, get(rights::show))
        .route(links::ACCOUNTS, get(account_list::show))
        .route(links::INVITATIONS, post(account_list::invite))
        .route(
            "/quan-tri/loi-moi/{id}/{step}",
            post(account_list::step_invitation),
        )
        .route("/quan-tri/tai-khoan/{id}", get(account_admin::show))
        .route("/quan-tri/tai-khoan/{id}/{step}", post(account_admin::step))
}
