# Packs tried by scenarios, manuals.
help-pack-test = Plays the scenarios that packs declare (tests/*.toml), each in an empty province, at the time it says
help-pack-test-folders = Folder of a pack, or a folder with several; packs that need each other must be named together
pack-test-fine = { $count } scenarios played: all as they say.
pack-test-wrong = { $count } scenarios played: { $failed } not as they say.
pack-test-expected = {"  "}expected: { $expected } · actual: { $actual }
failure-temporary-folder = A temporary folder cannot be made: { $why }. Check its space and whether it may be written to.
failure-scenario = The engine could not go on with a scenario: { $why }
help-pack-doc = Prints the users’ manual, made from the pack’s declaration
help-pack-doc-folders = Folder of a pack, or a folder with several; packs that need each other must be named together
help-pack-doc-html = As HTML instead of Markdown
help-pack-diff = Tell what an edit of packs does to records that exist: added, widened, narrowed, renamed, lost
help-pack-diff-folders = Two folders: before and after; one: against what the database has applied, with the number of records concerned; none: the packs that run
help-pack-apply = Apply packs to the database and bring records along as [migration] says; refuses where data would be lost
help-pack-apply-folders = Folders of the packs to apply; others stay as applied; none: the packs that run
help-pack-apply-resume = Go on with an application that was begun
pack-diff-same = The same as what was there.
pack-diff-nothing = Only words, roles, rules, views or papers differ; records that exist are not concerned.
pack-diff-fine = Changes: { $changes }. They can be applied.
pack-diff-refused = Changes: { $changes }, of which { $refused } cannot be applied yet because data would be lost.
pack-diff-arranged = ~ { $record }: existing records are arranged anew for filters, search and order as declared now; what they say does not change, and everybody works on.
pack-apply-first = These packs are noted as the first that are applied.
pack-apply-same = These packs are applied already (number { $sequence }).
pack-apply-done = Applied (number { $sequence }); records with a new version: { $records }. Start phusa serve again where it runs: a process with the earlier packs cannot write any more.
pack-apply-refused = Nothing was applied.
pack-apply-so-far = … { $count } records
pack-apply-arranged = … { $count } records arranged anew
failure-packs-never-applied = This database has noted no application of packs. Run phusa serve once, or phusa pack apply, to note the packs that run.
failure-packs-pending = An application of packs was begun and records are being brought along. Run phusa pack apply --resume to its end, then do this again.
failure-packs-nothing-pending = No application is under way. Run phusa pack diff to see how the packs differ from those applied.
failure-packs-lose = A pack was edited in a way that loses data, so the system does not start:
    { $changes }
    Mend it as said above, look with phusa pack diff, apply with phusa pack apply; or put the pack back as it was.
failure-packs-await = A pack was edited and its records must be brought along before the system starts:
    { $changes }
    Look with phusa pack diff, then run phusa pack apply.
