# Background jobs by kind.

job-notify = Tell whoever submitted a report
job-other = Job of the kind “{ $kind }”
job-notify-failed = Whoever submitted the report was not told what was decided. The report itself is as it should be; run the job again.
job-other-failed = The job could not be done. If the program was changed lately, use its newest version and run the job again.
jobs-error-recorded = The error as recorded
