# Why a request was not done (problem-…), and why a field is not right (field-…).

problem-not-found = There is nothing at this address, or it is not open to this visitor.
problem-method-not-allowed = This address does not take requests of this kind.
problem-internal = The details were logged for the administrators under the request number below.
problem-took-too-long = The request took too long and was stopped. It may not have been saved: reload the page and check before sending it again.
problem-sign-in-needed = Sign in to see or do this.
problem-form-expired = The form has expired or was not sent from this site. Reload the page, check what you entered and send it again.
problem-form-unreadable = The form could not be read.
problem-form-not-utf8 = The form has characters that are not UTF-8.
problem-form-media-type = The form was sent in a format that this address does not take.
problem-form-too-many-fields = The form has too many fields.
problem-form-unknown-field = The form has a field “{ $field }” that is not used here. Nothing was saved.
problem-form-missing-field = The form lacks the field “{ $field }”.
problem-form-doubled-field = The form has the field “{ $field }” more than once.
problem-field-too-long = The field “{ $field }” is too long.
problem-body-too-large = What was sent is larger than allowed.
problem-choice-unknown = The value of “{ $field }” is not one of the choices.
problem-file-too-large = The file is larger than { $bytes }, the most that is allowed.
problem-file-missing = An attached file is no longer in the store. Upload it again.
problem-stale-version = Somebody else has changed this since you opened the page.
problem-duplicate = Another entry already has this value.
problem-key-reused = This idempotency key was used before for another request.
problem-contended = Several people are changing the same content. Nothing was saved; send it again.
problem-storage-full = The data store is full. Nothing was saved. Please tell the system administrator at once.
problem-storage-unavailable = The database cannot be reached now. It is not known whether what you sent was saved; once it is back, sending the same form again makes no duplicate.
field-wrong = This is not right.
