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
