//! The jobs that send mail.

use directory::Directory;
use mail::{Mail, Mailer};
use plan::Plans;
use store::jobs::Job;
use store::{Op, Write};
use vocab::Id;
use web::mails::{Letter, invitation, password_reset};

/// Where mail leaves, and where people open the system.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub(crate) mailer: Option<Mailer>,
    pub(crate) public_url: String,
}

impl Post {
    /// Whether a job of this kind sends mail.
    pub(crate) fn does(kind: &str) -> bool {
        [Directory::RESET_MAIL, Directory::INVITATION_MAIL].contains(&kind)
    }

    /// Writes and sends what a job asks for, and ends the job. A mail whose job could not be
    /// ended goes out again, with a link that makes the first one's void.
    pub(crate) async fn perform(
        &self,
        directory: &Directory,
        job: &Job,
        worker: Id,
    ) -> Result<(), String> {
        // No link is made that could not be sent.
        self.mailer()?;
        let letter = self.letter(directory, job).await?;
        self.send(directory, job, worker, letter).await
    }

    /// Mails word about a sheet, and ends the job.
    pub(crate) async fn mail_of_sheet(
        &self,
        plans: &Plans,
        job: &Job,
        worker: Id,
    ) -> Result<(), String> {
        let letter = plans.sheet_letter(job).await.map_err(said)?;
        let letter = letter.map(|letter| web::mails::sheet(letter, &self.public_url));
        let directory = plans.registry().directory();
        self.send(directory, job, worker, letter).await
    }

    /// Mails a body the link of its sheet, or word about the sheet, and ends the job.
    pub(crate) async fn mail_sheet_link(
        &self,
        plans: &Plans,
        job: &Job,
        worker: Id,
    ) -> Result<(), String> {
        // No link is made that could not be sent.
        self.mailer()?;
        let letter = plans.sheet_link_letter(job).await.map_err(said)?;
        let letter = letter.map(|letter| web::mails::sheet_link(letter, &self.public_url));
        let directory = plans.registry().directory();
        self.send(directory, job, worker, letter).await
    }

    /// Mails a digest, and ends the job.
    pub(crate) async fn mail_digest(
        &self,
        plans: &Plans,
        job: &Job,
        worker: Id,
    ) -> Result<(), String> {
        let letter = plans.digest_letter(job).await.map_err(said)?;
        let letter = letter.map(|letter| web::mails::digest(letter, &self.public_url));
        let directory = plans.registry().directory();
        self.send(directory, job, worker, letter).await
    }

    /// Mails what a pack tells of a record, and ends the job.
    pub(crate) async fn mail_told(
        &self,
        plans: &Plans,
        job: &Job,
        worker: Id,
    ) -> Result<(), String> {
        let letter = plans.told_letter(job).await.map_err(said)?;
        let systems = plans.registry().systems();
        let letter = letter.and_then(|letter| web::mails::told(letter, systems, &self.public_url));
        let directory = plans.registry().directory();
        self.send(directory, job, worker, letter).await
    }

    async fn send(
        &self,
        directory: &Directory,
        job: &Job,
        worker: Id,
        letter: Option<Letter>,
    ) -> Result<(), String> {
        let mailer = self.mailer()?;
        if let Some(letter) = letter {
            let mail = Mail {
                to: letter.to,
                subject: letter.subject,
                text: letter.text,
            };
            mailer.send(&mail).await.map_err(said)?;
        }
        let actor = directory::Principal::system().actor("job", job.id);
        let done = Op::CompleteJob { id: job.id, worker };
        let write = Write::by(actor).op(done);
        directory
            .store()
            .commit(write)
            .await
            .map(drop)
            .map_err(said)
    }

    fn mailer(&self) -> Result<&Mailer, String> {
        let mailer = self.mailer.as_ref();
        mailer.ok_or_else(|| "no mail server is set: PHUSA_SMTP_URL".to_owned())
    }

    async fn letter(&self, directory: &Directory, job: &Job) -> Result<Option<Letter>, String> {
        let at = &self.public_url;
        if job.kind == Directory::RESET_MAIL {
            let letter = directory.reset_letter(&job.payload).await.map_err(said)?;
            return Ok(letter.map(|letter| password_reset(letter, at)));
        }
        let letter = directory
            .invitation_letter(&job.payload)
            .await
            .map_err(said)?;
        Ok(letter.map(|letter| invitation(letter, at)))
    }
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}
