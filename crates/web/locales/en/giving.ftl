# Nobody gives more than they have; personal data that is hidden.

problem-gives-more-than-held = In this unit, this role allows what you may not do yourself. Choose a narrower role or unit, or ask a system administrator to give it.
problem-gives-longer-than-held = What you may do ends sooner than what you are giving. Set a last day no later than your own, or ask a system administrator to give it.
problem-account-above = This person holds, or will hold, what you do not. You cannot change their account, give them a new password or have them leave: ask a system administrator to.
problem-position-above = This position or delegation carries a role that you may not give, so you cannot take it away either. Ask a system administrator to.
problem-role-above = This role allows what you may not do in every unit, so you cannot change it. Ask a system administrator to.
problem-role-raises-itself = You hold this role: such an edit would raise yourself. Untick what you may not do in every unit today, or ask a system administrator.
problem-role-gives-more = This grant allows what you may not do in every unit yourself. Untick some of it, or ask a system administrator to set the role up.
personal-hidden = Hidden
personal-hidden-hint = What is there is hidden from you. Leave this empty to keep it; what you type replaces it.
personal-sessions = Where and on what devices one is signed in
right-kind-person = person
role-holding = { $count } people hold this role today, by name.
problem-role-reach-unit = Setting up roles belongs to no unit: choose every unit, or one’s own.
