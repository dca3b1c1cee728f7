//! What packs notify of, in the inbox and by mail.

use axum::http::StatusCode;
use directory::{AccountChange, Principal, UnitKind};
use store::{Op, Write};
use vocab::Id;

use super::growing_area::{LIST, form, somebody, step, went};
use crate::fixture::TestApp;

impl TestApp {
    /// Does what waits as a worker does where mail goes out; the mails, in words.
    async fn told(&self) -> Vec<web::mails::Letter> {
        let plans = &self.app.plans;
        let (store, worker) = (self.app.store(), Id::NIL);
        let mut mails = Vec::new();
        loop {
            let jobs = store.lease_jobs(worker, 50, 60).await.unwrap();
            if jobs.is_empty() {
                return mails;
            }
            for job in jobs {
                if job.kind == registry::system::TELL {
                    plans.tell(&job, worker, true).await.unwrap();
                    continue;
                }
                assert_eq!(job.kind, plan::TOLD_MAIL);
                let letter = plans.told_letter(&job).await.unwrap();
                let systems = plans.registry().systems();
                let told = |letter| web::mails::told(letter, systems, "https://phusa.test");
                mails.extend(letter.and_then(told));
                let write = Write::by(Principal::system().actor("job", job.id));
                let done = write.op(Op::CompleteJob { id: job.id, worker });
                store.commit(done).await.unwrap();
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_made_a_dossier_hears_that_it_came_back() {
    for app in TestApp::with_packs().await {
        let units = app.app.directory.units().await.unwrap();
        let commune = units.iter().find(|unit| unit.kind == UnitKind::Commune);
        let unit = commune.unwrap().id.to_string();
        let province = directory::province().to_string();
        let mut officer = somebody(&app, "canbo.xa", "agri.officer", &unit).await;
        let mut inspector = somebody(&app, "kiemtra", "agri.inspector", &province).await;
        let directory = &app.app.directory;
        let account = directory.account_by_login("canbo.xa").await.unwrap();
        let account = account.unwrap();
        let change = AccountChange {
            email: Some("xa@vinhlong.test".to_owned()),
            ..AccountChange::default()
        };
        let actor = Principal::system().actor("cli", Id::NIL);
        let changed = directory.change_account(&actor, account.id, account.version, change);
        changed.await.unwrap();

        let new = format!("{LIST}/moi");
        let record = went(&officer.post_parts(&new, &new, &form(&unit, &[])).await);
        went(&step(&mut officer, &record, "propose", &[]).await);
        assert!(
            app.told().await.is_empty(),
            "nobody is mailed of a proposal"
        );
        let why = [("ly-do", "", "Thiếu sơ đồ (giả lập)")];
        went(&step(&mut inspector, &record, "send-back", &why).await);
        let mails = app.told().await;
        let [mail] = &mails[..] else {
            panic!("{} mails", mails.len());
        };
        assert_eq!(mail.to, "xa@vinhlong.test");
        assert!(mail.subject.contains("Vùng trồng"), "{}", mail.subject);
        let said = "Hồ sơ vùng trồng Vùng sầu riêng ấp Phú Long (giả lập) cần bổ sung";
        assert!(mail.text.contains(said), "{}", mail.text);
        assert!(
            mail.text.contains(&format!("https://phusa.test{record}\n")),
            "{}",
            mail.text
        );
        for personal in ["0912", "Nguyễn Văn A", "086090000123"] {
            assert!(!mail.text.contains(personal), "{}", mail.text);
        }

        // The inbox says the same and leads there; put aside, it is gone.
        let inbox = officer.get("/viec-cua-toi").await;
        let text = inbox.text();
        assert!(
            text.contains(said) && text.contains(&format!("href=\"{record}\"")),
            "{text}"
        );
        assert!(
            !inspector
                .get("/viec-cua-toi")
                .await
                .text()
                .contains("cần bổ sung")
        );
        let aside = text.split("/viec-cua-toi/thong-bao/").nth(1).unwrap();
        let aside = aside.split('/').next().unwrap();
        let aside = format!("/viec-cua-toi/thong-bao/{aside}/cat");
        went(&officer.post("/viec-cua-toi", &aside, &[]).await);
        let inbox = officer.get("/viec-cua-toi").await;
        assert_eq!(inbox.status, StatusCode::OK);
        assert!(!inbox.text().contains("cần bổ sung"), "{}", inbox.text());
        assert!(app.told().await.is_empty(), "it is told once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_calls_a_step_as_its_button_does() {
    for app in TestApp::with_packs().await {
        let units = app.app.directory.units().await.unwrap();
        let commune = units.iter().find(|unit| unit.kind == UnitKind::Commune);
        let unit = commune.unwrap().id.to_string();
        let province = directory::province().to_string();
        let mut officer = somebody(&app, "canbo.xa", "agri.officer", &unit).await;
        let mut auditor = somebody(&app, "quantri.tinh", "administrator", &province).await;
        let new = format!("{LIST}/moi");
        let record = went(&officer.post_parts(&new, &new, &form(&unit, &[])).await);
        went(&step(&mut officer, &record, "propose", &[]).await);
        let id = record.rsplit('/').next().unwrap();
        let log = auditor
            .get(&format!("/quan-tri/nhat-ky?tu-khoa={id}"))
            .await;
        assert_eq!(log.status, StatusCode::OK);
        let text = log.text();
        assert!(text.contains("Đề nghị cấp mã"), "{text}");
        assert!(!text.contains(">propose"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_follows_a_record_hears_of_what_others_do_with_it() {
    for app in TestApp::with_packs().await {
        let units = app.app.directory.units().await.unwrap();
        let mut communes = units.iter().filter(|unit| unit.kind == UnitKind::Commune);
        let unit = communes.next().unwrap().id.to_string();
        let elsewhere = communes.next().unwrap().id.to_string();
        let province = directory::province().to_string();
        let mut officer = somebody(&app, "canbo.xa", "agri.officer", &unit).await;
        let mut stranger = somebody(&app, "canbo.khac", "agri.officer", &elsewhere).await;
        let mut inspector = somebody(&app, "kiemtra", "agri.inspector", &province).await;
        let new = format!("{LIST}/moi");
        let record = went(&officer.post_parts(&new, &new, &form(&unit, &[])).await);
        let follow = format!("{record}/theo-doi");
        let heard = "mà anh chị theo dõi có thay đổi mới";
        // In the notice, and in the name of the button that puts it aside.
        let twice = 2;

        went(&step(&mut officer, &record, "propose", &[]).await);
        app.told().await;

        // Both follow it, pressing twice; who may not read it does not.
        for who in [&mut officer, &mut inspector] {
            assert!(who.get(&record).await.text().contains("value=\"co\""));
            for _ in 0..2 {
                let went_to = went(&who.post(&record, &follow, &[("viec", "co")]).await);
                assert_eq!(went_to, record);
            }
            assert!(who.get(&record).await.text().contains("value=\"thoi\""));
            let inbox = who.get("/viec-cua-toi").await;
            let text = inbox.text();
            assert!(text.contains("Hồ sơ đang theo dõi"));
            assert!(!text.contains(heard));
        }
        let refused = stranger
            .post("/viec-cua-toi", &follow, &[("viec", "co")])
            .await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);

        // A comment tells whoever did not write it, and so does a step whoever did not take it.
        let say = format!("{record}/gop-y");
        let words = [("gop-y", "Xem lại sơ đồ (giả lập)")];
        went(&officer.post(&record, &say, &words).await);
        app.told().await;
        let inbox = inspector.get("/viec-cua-toi").await;
        assert_eq!(inbox.text().matches(heard).count(), twice);
        assert!(inbox.text().contains(&format!("href=\"{record}\"")));
        assert!(!officer.get("/viec-cua-toi").await.text().contains(heard));
        let why = [("ly-do", "", "Thiếu sơ đồ (giả lập)")];
        went(&step(&mut inspector, &record, "send-back", &why).await);
        app.told().await;
        let inbox = officer.get("/viec-cua-toi").await;
        assert_eq!(inbox.text().matches(heard).count(), twice);

        // Whoever has had enough hears no more.
        went(&officer.post(&record, &follow, &[("viec", "thoi")]).await);
        went(&step(&mut officer, &record, "propose", &[]).await);
        went(&step(&mut inspector, &record, "send-back", &why).await);
        app.told().await;
        let inbox = officer.get("/viec-cua-toi").await;
        assert_eq!(inbox.text().matches(heard).count(), twice);
        assert!(!inbox.text().contains("Hồ sơ đang theo dõi"));
        let store = app.app.store();
        assert_eq!(store.verify(None).await.unwrap().findings, []);
    }
}
