# Lost passwords, invitations, tokens, accounts for administrators.

password-lost-title = Lost password
password-lost-lead = Type your user name. A link to a new password is sent to the account's mail address.
password-lost-submit = Send link
password-lost-asked = If there is an account of this name and it has a mail address, a link is on its way.
password-lost-asked-next = The link works once, within an hour. Without a mail, look among unwanted mail, or ask your system administrator.
password-lost-by-hand = This system sends no mail. Ask your system administrator for a link to a new password.
password-new-title = Set a new password
password-new-lead = For the account { $login }. All its sessions will end.
password-new-submit = Set password

invited-title = Take up your account
invited-lead = Welcome, { $name }. Choose a user name and a password to begin.
invited-submit = Create account

accounts-title = Accounts
accounts-lead = People who have an account, their roles, and invitations that wait.
account-open = In use
account-closed = Closed
email = Mail address
email-hint = For the invitation and links to a new password; may be empty.
link-ends = Link ends
invitations-title = Invitations that wait
invitations-empty = No invitation waits.
invitation-mail = Mail it
invitation-link = Get link
withdraw = Withdraw
invite-title = Invite somebody
invite-lead = Whoever is invited chooses user name and password. With a mail address the invitation goes by mail; without one, hand the link over.
invite-submit = Create invitation
grant-unit-hint = Type to search the list of units.
handed-title = Link for { $name }
handed-lead = Shown this once. Hand it over in person or by a way you trust; it works once, within { $days } days.
handed-label = Link
account-edit-title = Account details
account-save = Save
grants-title = Roles
grants-empty = The account has no role.
grant-submit = Give role
account-reset-title = Password
account-reset-lead = Make a link to a new password. All sessions of the account end at once.
account-reset-submit = Make link
account-close-title = Close account
account-close-lead = A closed account cannot sign in; its sessions and tokens stop at their next request.
account-close = Close account
account-reopen = Open account again

sessions-end-others = End all other sessions

tokens-title = API tokens
tokens-lead = Let other programs act for this account, within a scope and for a time you choose.
tokens-empty = No tokens yet
tokens-empty-next = Make one when a program needs to read or send data.
token-made-title = New token
token-made-lead = Shown this once. Copy it to a safe place now.
token-label = What it is for
token-label-hint = For example: the province's data store.
token-scope = Scope
token-used = Last used
token-ends = Ends
token-ended = has ended
token-new-title = Make a token
token-access = Access
token-reads = Read only
token-writes = Read and write
token-everything = all of the API
token-areas = Parts of the API
token-area-plan = Plan
token-area-reports = Reports and evidence
token-area-tasks = Tasks
token-area-units = Units
token-days = Days it lasts
token-days-hint = From 1 to 366.
token-submit = Make token

flash-sessions-ended = All other sessions were ended.
flash-password-reset = The new password is set. Please sign in.
flash-welcome = The account is ready.
flash-token-ended = The token was ended.
flash-invitation-mailed = The invitation is being mailed.
flash-invitation-withdrawn = The invitation was withdrawn.

mail-reset-subject = A new password for Phù Sa
mail-reset-text =
    Hello { $name },

    Somebody has asked for a new password for your account. Open this link; it works once, within an hour:

    { $link }

    If it was not you, do nothing: your password stays as it is.
mail-invitation-subject = Your account on Phù Sa
mail-invitation-text =
    Hello { $name },

    You are given an account on Phù Sa. Open this link to choose a user name and a password; it works once, within seven days:

    { $link }
