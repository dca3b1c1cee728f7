//! Messages that somebody asks for: a test, and one that is sent again.

use directory::Act;
use store::{NewJob, Op, Write};
use vocab::Id;

use super::delivery::{Delivery, DeliveryState, What};
use super::lane::Work;
use super::{Outlet, WEBHOOK};
use crate::{Caller, Registry, RegistryError};

impl Registry {
    /// Sends a hook's receiver a message about nothing, also while the hook is paused.
    pub async fn test_hook(&self, caller: &Caller, hook: Id) -> Result<Delivery, RegistryError> {
        let context = self.store().context();
        let what = What::Test { at: context.now() };
        let message = format!("msg_{}", context.new_id().to_string().replace('-', ""));
        let delivery = Delivery::new(message, what);
        self.ask_for(caller, hook, delivery).await
    }

    /// Sends a message again, under the same name: as the record may be told of now.
    pub async fn send_again(
        &self,
        caller: &Caller,
        hook: Id,
        key: &str,
    ) -> Result<Delivery, RegistryError> {
        let known = self.delivery(hook, key).await?;
        let known = known.ok_or_else(|| RegistryError::NotFound {
            kind: WEBHOOK.to_owned(),
            id: hook,
        })?;
        let delivery = Delivery {
            state: DeliveryState::Waiting,
            ..known
        };
        self.ask_for(caller, hook, delivery).await
    }

    async fn ask_for(
        &self,
        caller: &Caller,
        hook: Id,
        delivery: Delivery,
    ) -> Result<Delivery, RegistryError> {
        let hook = self.hook_there(hook).await?;
        self.demand(&caller.principal, Act::Operate, WEBHOOK, &hook.record)?;
        let key = delivery.key();
        let job = NewJob {
            kind: WEBHOOK.to_owned(),
            // Pressed twice it is sent once.
            unique_key: Some(format!("{WEBHOOK}/{}/{key}", hook.id())),
            payload: Work::Once {
                hook: hook.id(),
                key,
            }
            .written()?,
            run_at: None,
        };
        let actor = caller.principal.actor(caller.via, caller.request);
        let write = Write::by(actor)
            .op(Op::Keep(self.row(hook.id(), &delivery)?))
            .op(Op::Enqueue(job));
        self.store().commit(write).await?;
        Ok(delivery)
    }

    pub(super) async fn send_once(
        &self,
        outlet: &Outlet,
        hook: Id,
        key: &str,
    ) -> Result<(), RegistryError> {
        let Some(hook) = self.hook(hook).await? else {
            return Ok(());
        };
        let Some(mut delivery) = self.delivery(hook.id(), key).await? else {
            return Ok(());
        };
        let principal = self.reading_as(&hook).await?;
        let event = match &principal {
            Some(principal) => {
                let (message, what) = (&delivery.message, &delivery.what);
                self.event(&hook, principal, message, what, &outlet.link)
                    .await?
            }
            None => None,
        };
        let Some(event) = event else {
            delivery.state = DeliveryState::Hidden;
            let row = self.row(hook.id(), &delivery)?;
            self.store().keep(&row).await?;
            return Ok(());
        };
        // Whoever asked sees what came of it: it is not tried again by itself.
        self.attempt(outlet, &hook, &event, &mut delivery, 1)
            .await?;
        Ok(())
    }
}
