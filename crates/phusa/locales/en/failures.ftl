# Why a command did not do what was asked, and what to do.

failure-runtime = Could not start: { $why }
failure-random = The operating system gives no randomness ({ $why }); secrets cannot be made, so the program stops.
failure-output = Could not print: { $why }
failure-setting-unreadable = The environment variable { $name } is not UTF-8 text; set it again and run again.
failure-no-store = There is no data of Phù Sa in { $folder }. Set PHUSA_DATA to the data folder, or run phusa serve to make a new one.
failure-data-not-writable = The data folder { $folder } cannot be written: { $why }. Let the user who runs the program write there, or set PHUSA_DATA to another folder.
failure-store = The database refused: { $why }
failure-store-full = The disk is full, nothing was written ({ $why }). Make room or enlarge the disk and run again.
failure-store-unavailable = The database cannot be reached ({ $why }). Check PHUSA_DATABASE_URL and the PostgreSQL server and run again.
failure-store-contended = Somebody else is writing the same data ({ $why }); run again in a few seconds.
failure-store-corrupt = Stored data contradicts itself ({ $why }). Run phusa audit verify and leave all as it is.
failure-store-file = A file could not be read or written: { $why }
failure-head-unreadable = The head in { $file } cannot be read: { $why }. The file must be one that phusa audit head printed.
failure-file-unreadable = { $file } cannot be read: { $why }. Check its name and that it may be read.
failure-file-too-large = { $file } is larger than { $limit } MB; is it really the text of a decision?
failure-file-not-utf8 = { $file } is not text in UTF-8. Open it in an editor and save it as plain text, UTF-8.
failure-decision-unreadable = { $file } cannot be read as a decision that issues a plan: { $why }
failure-refused = Refused: { $why }
failure-setting-not-yes-or-no = The environment variable { $name } is “{ $value }”; it can be 1 (yes) or 0 (no).
failure-account-unknown = There is no account “{ $login }”. Check the login; an administrator makes accounts on the administration pages.
failure-port-taken = Another program uses the address { $address }. Stop it, or set PHUSA_LISTEN to another one, such as 127.0.0.1:8081.
failure-port-forbidden = The address { $address } may not be used ({ $why }). Choose a port from 1024 up with PHUSA_LISTEN.
failure-address = Cannot serve at { $address }: { $why }. PHUSA_LISTEN must be an address of this machine with a port, such as 127.0.0.1:8080.
failure-serving = Serving ended with an error: { $why }
