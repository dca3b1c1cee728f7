//! Mail out, over SMTP.
//!
//! A [`Mailer`] is made from one address, `smtp://user:password@host:port` (`smtps://` for TLS
//! from the first byte, `?tls=required` for STARTTLS), and sends plain-text messages. It knows
//! nothing of what they say or of when to try again: that is for the job that calls it.

use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{Address, AsyncTransport, Tokio1Executor};

/// A server that does not answer for so long is away.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Why a message was not sent, or could not be. Holds no password.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address of the server is none.
    #[error(
        "the address of the mail server cannot be read; it looks like smtp://host:25 or smtps://user:password@host"
    )]
    Url,
    /// Sender or recipient is no mail address.
    #[error("{0:?} is not a mail address")]
    Address(String),
    /// The message could not be put together.
    #[error("putting a message together: {0}")]
    Message(String),
    /// The server refused, or was away. Sending it again may help.
    #[error("the mail server did not take the message: {0}")]
    Server(String),
}

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The recipient's address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

/// Where mail leaves.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// A mailer over a server, sending as `from` (`Phù Sa <phusa@vinhlong.gov.vn>`).
    pub fn new(url: &str, from: &str) -> Result<Self, MailError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            // What is wrong with it may quote the password.
            .map_err(|_| MailError::Url)?
            .timeout(Some(TIMEOUT))
            .build();
        let from = from
            .parse()
            .map_err(|_| MailError::Address(from.to_owned()))?;
        Ok(Self { transport, from })
    }

    /// Hands a message to the server; done once the server has taken it.
    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let to: Address = mail
            .to
            .parse()
            .map_err(|_| MailError::Address(mail.to.clone()))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&mail.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text.clone())
            .map_err(|error| MailError::Message(error.to_string()))?;
        self.transport
            .send(message)
            .await
            .map(drop)
            .map_err(|error| MailError::Server(error.to_string()))
    }
}

impl std::fmt::Debug for Mailer {
    /// Leaves the server's password out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer")
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}
