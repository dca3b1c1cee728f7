# What a check of the audit log names.

audit-finding-leaf-altered = Audit entry altered
audit-finding-segment-altered = Sealed segment altered
audit-finding-chain-broken = Chain broken
audit-finding-tail-cut = Tail cut off
audit-finding-version-altered = Version altered
audit-finding-version-missing = Version missing
audit-finding-version-unaudited = Version without an audit entry
audit-finding-head-altered = Current record altered
audit-finding-head-missing = Current record missing
audit-finding-file-altered = File altered
audit-finding-file-missing = File missing
audit-about-segment = sealed segment { $number }
audit-about-version = { $table } { $record }, version { $version }
audit-about-record = { $table } { $record } does not show its newest version
audit-about-list = { $table }: { $expected } records should be listed, { $listed } are
