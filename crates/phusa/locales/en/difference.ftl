# A document held against what is kept.

difference-none = Against what is kept: it says nothing else.
difference-title = Against what is kept:
difference-target = Target { $number } – { $how }: { $name }
difference-project = Project { $number } – { $how }: { $name }
difference-duty = Duty { $number } – { $how }: { $name }
difference-indicators = Measures: { $added } new, { $changed } changed, { $dropped } of no more use
difference-finding-new = Does not add up any more: { $says }
difference-finding-gone = Adds up now: { $says }
difference-added = new
difference-changed = changed
difference-dropped = gone from the document
difference-returned = back again
difference-unread = not found; stays, since some rows could not be read
