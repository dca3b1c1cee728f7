//! Roles that packs bring, where roles are set up.

use axum::http::StatusCode;
use directory::{Principal, Role};
use web::pages::links;

use crate::fixture::{TestApp, system};

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_a_pack_brings_is_shown_and_edited_like_any_other() {
    for app in TestApp::with_packs().await {
        let mut admin = app.signed_in("quantri", Role::Administrator).await;
        let directory = &app.app.directory;
        let code = "agri.officer";
        let role = Role::coded(code).unwrap();
        let brought = directory.roles().await.unwrap();
        let brought = brought.get(role).unwrap();
        assert!(brought.grants.len() > 1);
        let page = admin.get(&links::role(code)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        // It is not one that somebody changed here.
        assert!(!page.text().contains("đã được sửa tại đây"));
        // Its records, where they stand and what it hides are called as their users call them.
        let systems = app.app.plans.registry().systems();
        let kinds = brought.grants.iter().flat_map(|grant| &grant.kinds);
        let kinds: Vec<_> = kinds.filter_map(|name| systems.kind(name)).collect();
        assert!(!kinds.is_empty());
        for kind in kinds {
            let title = &systems.record(kind).declared.record.title.vi;
            assert!(page.text().contains(title.as_str()), "{title}");
            assert!(!page.text().contains(kind.name), "{}", kind.name);
        }
        let form = admin.get(&links::role_edit(code)).await;
        let count = format!("name=\"so-quyen\" value=\"{}\"", brought.grants.len());
        assert!(form.text().contains(&count), "{}", form.text());
        // What an edit takes away stays away.
        let standing = directory.role_standing(code).await.unwrap().unwrap();
        assert_eq!((&standing.role, standing.version), (&**brought, 0));
        let mut less = standing.role;
        less.grants.truncate(1);
        let kinds = less.grants[0].kinds.clone();
        assert!(brought.grants.iter().any(|grant| grant.kinds != kinds));
        let (by, actor) = (Principal::system(), system());
        directory.put_role(&by, &actor, &less).await.unwrap();
        let edited = directory.roles().await.unwrap();
        assert_eq!(**edited.get(role).unwrap(), less);
        let page = admin.get(&links::role(code)).await;
        assert!(page.text().contains("đã được sửa tại đây"));
    }
}
