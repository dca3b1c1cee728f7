//! Links that come by mail, through the whole program and a mail server of the test's own.

use std::time::Duration;

use rusqlite::Connection;

use crate::browser::Browser;
use crate::post_box::PostBox;
use crate::program::{Folder, Server};

const DEMO: &str = "một câu để trình diễn";
const NEXT: &str = "bảy con cò trắng bay";
const LOST: &str = "/quen-mat-khau";
const ACCOUNT: &str = "/tai-khoan";
const ACCOUNTS: &str = "/quan-tri/tai-khoan";
/// The worker looks for jobs every second.
const SOON: Duration = Duration::from_secs(20);
const NOTHING_COMES: Duration = Duration::from_secs(4);

fn serve(folder: &Folder, post_box: &PostBox) -> Server {
    let mut command = folder.command(&["serve", "--demo"]);
    command
        .env("PHUSA_SMTP_URL", post_box.url())
        .env("PHUSA_PUBLIC_URL", "http://phusa.test");
    Server::start(command)
}

/// The path of the one link in a mail.
fn link_in(text: &str) -> String {
    let at = text.find("http://phusa.test/").unwrap() + "http://phusa.test".len();
    text[at..].split_whitespace().next().unwrap().to_owned()
}

fn passwords(password: &str) -> [(&str, &str); 2] {
    [("mat-khau", password), ("mat-khau-lai", password)]
}

fn administrator(server: &Server) -> Browser {
    let mut admin = Browser::of(&server.address);
    assert_eq!(admin.sign_in("quantri", DEMO).status, 303);
    admin
}

/// Writes a mail address into the account of `canbo.snv`.
fn give_address(server: &Server) {
    let mut admin = administrator(server);
    let list = admin.get(ACCOUNTS).text;
    let row = list.find("canbo.snv").unwrap();
    let start = list[..row].rfind("/quan-tri/tai-khoan/").unwrap();
    let page = list[start..].split('"').next().unwrap().to_owned();
    let account = admin.get(&page);
    let (version, name) = (account.value_of("phien-ban"), account.value_of("ho-ten"));
    let fields = [
        ("phien-ban", &version[..]),
        ("ho-ten", &name),
        ("thu", "ngoc@vinhlong.test"),
    ];
    assert_eq!(
        admin.post(&page, &format!("{page}/sua"), &fields).status,
        303
    );
}

fn ask(server: &Server, login: &str) -> String {
    let mut somebody = Browser::of(&server.address);
    let answer = somebody.post(LOST, LOST, &[("ten-dang-nhap", login)]);
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.main()
}

#[test]
fn a_lost_password_is_replaced_by_a_link_that_works_once() {
    let (folder, post_box) = (Folder::new(), PostBox::open());
    let server = serve(&folder, &post_box);
    give_address(&server);
    let mut ngoc = Browser::of(&server.address);
    assert_eq!(ngoc.sign_in("canbo.snv", DEMO).status, 303);
    assert_eq!(ngoc.get(ACCOUNT).status, 200);

    assert_eq!(ask(&server, "canbo.snv"), ask(&server, "khong.co.ai"));
    let mail = post_box.next(SOON).unwrap();
    assert_eq!(mail.to, ["ngoc@vinhlong.test"]);
    assert!(mail.text.contains("đặt mật khẩu mới"), "{}", mail.text);
    assert!(post_box.next(NOTHING_COMES).is_none(), "it came twice");
    let link = link_in(&mail.text);

    let mut somewhere = Browser::of(&server.address);
    assert_eq!(somewhere.get(&link).status, 200);
    assert_eq!(ngoc.get(ACCOUNT).status, 200, "asking ends nothing");
    assert_eq!(somewhere.post(&link, &link, &passwords(NEXT)).status, 303);
    assert_eq!(somewhere.get(&link).status, 410);
    assert_eq!(ngoc.get(ACCOUNT).status, 303, "the session goes on");
    let mut again = Browser::of(&server.address);
    assert_ne!(again.sign_in("canbo.snv", DEMO).status, 303);
    assert_eq!(again.sign_in("canbo.snv", NEXT).status, 303);

    // A second link makes the first one void, and ends by itself.
    ask(&server, "canbo.snv");
    let first = link_in(&post_box.next(SOON).unwrap().text);
    ask(&server, "canbo.snv");
    let second = link_in(&post_box.next(SOON).unwrap().text);
    assert_eq!(somewhere.get(&first).status, 410);
    assert_eq!(somewhere.get(&second).status, 200);
    let database = Connection::open(folder.data().join("phusa.db")).unwrap();
    let aged = database
        .execute(
            "UPDATE ephemeral SET expires_at = expires_at - 3600000000 \
             WHERE kind = 'password_reset'",
            [],
        )
        .unwrap();
    assert_eq!(aged, 1);
    assert_eq!(somewhere.get(&second).status, 410);

    let (said, code) = server.stop("TERM");
    assert_eq!(code, Some(0));
    for secret in [&link, &first, &second] {
        let secret = secret.rsplit('/').next().unwrap();
        assert!(!said.contains(secret), "the log holds a link");
    }
}

#[test]
fn an_invitation_comes_by_mail_and_makes_one_account() {
    let (folder, post_box) = (Folder::new(), PostBox::open());
    let server = serve(&folder, &post_box);
    let mut admin = administrator(&server);
    let fields = [
        ("ho-ten", "Lê Thị Sáu"),
        ("thu", "sau@vinhlong.test"),
        ("vai-tro", "officer"),
        ("don-vi", "Sở Nội vụ"),
    ];
    let made = admin.post(ACCOUNTS, "/quan-tri/loi-moi", &fields);
    assert_eq!(made.status, 303, "{}", made.text);
    let mail = post_box.next(SOON).unwrap();
    assert_eq!(mail.to, ["sau@vinhlong.test"]);
    assert!(mail.text.contains("Chào Lê Thị Sáu"), "{}", mail.text);
    assert!(post_box.next(NOTHING_COMES).is_none(), "it came twice");
    let link = link_in(&mail.text);

    let mut sau = Browser::of(&server.address);
    let [one, other] = passwords(NEXT);
    let fields = [("ten-dang-nhap", "sau.lt"), one, other];
    assert_eq!(sau.post(&link, &link, &fields).status, 303);
    assert!(sau.get(ACCOUNT).text.contains("Sở Nội vụ"));
    assert_eq!(Browser::of(&server.address).get(&link).status, 410);
}
