# Digests by subscription.

digest-title = Digest by mail
digest-lead = It tells how many tasks wait, how many are late, and which targets changed since the last one. Nothing is sent when nothing is new.
digest-when = Send it to me
digest-save = Save
digest-never = Never
digest-daily = Each working day
digest-monday = On Mondays
digest-tuesday = On Tuesdays
digest-wednesday = On Wednesdays
digest-thursday = On Thursdays
digest-friday = On Fridays
digest-no-mail = This system is not set up to send mail. What you choose is kept and holds once an administrator sets up a mail server.
digest-no-address = Your account has no mail address, so nothing reaches you yet.
digest-address = It is sent to { $address }.
mail-digest-subject = Phù Sa: digest since { $from }
mail-digest-since = This is what happened since { $from }.
mail-digest-tasks = Tasks that wait: { $tasks }, of them late: { $late }.
mail-digest-changes = Targets that changed: { $count }.
mail-digest-more = … and { $count } more.
mail-digest-too-much = More changed in the plan than fits into a mail; see all of it at:
mail-digest-why = You get this because you subscribed to it on the page My account. Change or stop it: { $address }
mail-hello-nobody = Dear Sir or Madam,
