# Signing in, account, first set-up.

sign-in-lead = For officials who have an account. The plan and public figures need no signing in.
login = User name
login-hint = Lower-case letters without marks, digits, full stops; for example lan.pt.
password = Password
password-hint = At least 12 characters. A sentence is easy to remember.
password-again = Password again
full-name = Full name
demo-accounts-title = Demonstration accounts
demo-accounts-lead = They exist only in demonstration mode. Not for real figures.

setup-title = Set up the first administrator
setup-lead = This page is open only while the system has no administrator.
setup-code = Set-up code
setup-code-hint = Printed on the server's screen at its first start.
setup-submit = Create administrator

account-title = My account
sessions-title = Sessions
sessions-lead = If you see a device you do not know, end its session and change your password.
session-current = This session
session-end = End

password-change = Change password
password-change-lead = Once it is changed, all other sessions of this account end.
password-old = Current password
password-new = New password

device-unknown = Unknown device
