# Why a request of a program was not done (problem-…, field-…).

problem-invalid-parameters = Some parameters are not right; “errors” names each.
problem-query-unreadable = The parameters of the address could not be read.
problem-if-match-missing = Send the version that you read, its ETag, as If-Match.
problem-if-match-no-version = If-Match must be exactly one version that you read, such as "3" in double quotes.
problem-file-empty = The file is empty.
field-not-decimal-text = This must be a decimal written as a string, such as "24.66".
field-not-a-list = This must be a list.
field-not-an-object = This must be a JSON object.
field-not-a-digest = This must be a SHA-256 digest: 64 hexadecimal digits in lower case.
field-not-changeable = This cannot change: a report belongs to one indicator, one unit and one period.
field-one-value-only = Send one kind of value only: numerator and denominator, or a count, or whether it was reached.
field-unknown-parameter = This address has no parameter called “{ $name }”.
field-parameter-twice = This parameter was sent more than once.
field-choice-unknown = This is not one of the values to choose from.
field-not-a-page-mark = This is not a page mark that the list gave. Start again from its first page.
