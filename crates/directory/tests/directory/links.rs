//! Links to a new password and to an account.

use directory::{AccountChange, Directory, NewInvitation, Role};
use vocab::{Id, Lang};

use crate::fixture::{PASSWORD, Place, actor, id, phone, places};

const NEXT: &str = "bảy con cò trắng bay";
const HOUR: i64 = 60 * 60;

/// The payload of the job that the last request left.
async fn asked(directory: &Directory, login: &str) -> String {
    let store = directory.store();
    directory
        .request_password_reset(login, &phone(), Lang::Vi)
        .await
        .unwrap();
    let worker = store.context().new_id();
    let mut jobs = store.lease_jobs(worker, 10, 60).await.unwrap();
    assert_eq!(jobs.len(), 1, "one mail for one request");
    let job = jobs.remove(0);
    let done = store::Op::CompleteJob { id: job.id, worker };
    store
        .commit(store::Write::by(actor()).op(done))
        .await
        .unwrap();
    job.payload
}

async fn with_address(place: &Place) -> Id {
    let made = place.account("tran.be", &[]).await;
    let change = AccountChange {
        email: Some("be@vinhlong.gov.vn".to_owned()),
        ..AccountChange::default()
    };
    let directory = &place.directory;
    directory
        .change_account(&actor(), made.id, 1, change)
        .await
        .unwrap();
    made.id
}

async fn reset(directory: &Directory, token: &str, password: &str) -> Result<(), String> {
    let done = directory
        .reset_password(token, password, &phone(), Id::NIL)
        .await;
    done.map(drop)
        .map_err(|error| error.code().unwrap().to_owned())
}

#[tokio::test]
async fn a_mailed_link_lasts_an_hour_and_works_once() {
    for place in places(100).await {
        let directory = &place.directory;
        let elsewhere = place.another_process().await;
        let account = with_address(&place).await;
        let nobody = asked(directory, "khong.co").await;
        assert!(directory.reset_letter(&nobody).await.unwrap().is_none());
        let payload = asked(directory, " TRAN.BE ").await;
        assert!(!payload.contains("be@"), "no address waits in the outbox");
        let letter = directory.reset_letter(&payload).await.unwrap().unwrap();
        assert_eq!(letter.to, "be@vinhlong.gov.vn");
        let void = Err("link-void".to_owned());
        place.pass(HOUR);
        assert_eq!(reset(directory, &letter.token, NEXT).await, void);

        let letter = directory.reset_letter(&payload).await.unwrap().unwrap();
        place.pass(HOUR - 60);
        let session = elsewhere
            .sign_in("tran.be", PASSWORD, &phone())
            .await
            .unwrap();
        let short = reset(directory, &letter.token, "ngắn").await;
        assert_eq!(short, Err("password-short".to_owned()));
        assert_eq!(reset(directory, &letter.token, NEXT).await, Ok(()));
        assert_eq!(elsewhere.session(&session.token).await.unwrap(), None);
        assert_eq!(reset(&elsewhere, &letter.token, PASSWORD).await, void);
        assert!(directory.sign_in("tran.be", NEXT, &phone()).await.is_ok());

        let letter = directory.reset_letter(&payload).await.unwrap().unwrap();
        let disable = AccountChange {
            disabled: Some(true),
            ..AccountChange::default()
        };
        directory
            .change_account(&actor(), account, 3, disable)
            .await
            .unwrap();
        assert_eq!(reset(&elsewhere, &letter.token, PASSWORD).await, void);
        assert!(directory.reset_letter(&payload).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn of_two_who_follow_a_link_at_once_one_wins() {
    for place in places(101).await {
        let directory = &place.directory;
        let elsewhere = place.another_process().await;
        let account = with_address(&place).await;
        for round in 0..15 {
            let token = directory
                .issue_password_reset(&actor(), account)
                .await
                .unwrap();
            let (one, other) = (format!("{NEXT} một {round}"), format!("{NEXT} hai {round}"));
            let results = tokio::join!(
                reset(directory, &token, &one),
                reset(&elsewhere, &token, &other)
            );
            let kept = match results {
                (Ok(()), Err(code)) if code == "link-void" => one,
                (Err(code), Ok(())) if code == "link-void" => other,
                both => panic!("{} {round}: {both:?}", place.name),
            };
            let signed = directory.sign_in("tran.be", &kept, &phone()).await;
            assert!(signed.is_ok(), "{} {round}", place.name);
        }
    }
}

#[tokio::test]
async fn an_invitation_lasts_a_week_and_makes_one_account() {
    for place in places(102).await {
        let directory = &place.directory;
        let elsewhere = place.another_process().await;
        let new = NewInvitation {
            name: "Lê Sáu".to_owned(),
            grants: vec![directory::Grant::new(Role::Officer, id(1))],
            ..NewInvitation::default()
        };
        let invited = directory.invite(&actor(), new).await.unwrap();
        let late = directory
            .invitation_link(&actor(), invited.id)
            .await
            .unwrap();
        place.pass(7 * 24 * HOUR);
        let accept = async |directory: &Directory, token: &str, login: &str| {
            let done = directory
                .accept_invitation(token, login, NEXT, &phone(), Id::NIL)
                .await;
            done.map(|account| account.login)
                .map_err(|error| error.code().unwrap().to_owned())
        };
        let void = Err("link-void".to_owned());
        assert_eq!(accept(directory, &late, "le.sau").await, void);
        let link = directory
            .invitation_link(&actor(), invited.id)
            .await
            .unwrap();
        assert_eq!(accept(directory, &late, "le.sau").await, void);
        let both = tokio::join!(
            accept(directory, &link, "le.sau"),
            accept(&elsewhere, &link, "sau.le")
        );
        assert!(
            matches!(&both, (Ok(_), Err(code)) | (Err(code), Ok(_)) if code == "link-void"),
            "{}: {both:?}",
            place.name
        );
        assert_eq!(accept(directory, &link, "le.bay").await, void);
        assert_eq!(place.count("account").await, 1);
        assert!(directory.invitations().await.unwrap().is_empty());
    }
}
