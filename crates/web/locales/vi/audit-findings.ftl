# What a check of the audit log names.

audit-finding-leaf-altered = Mục kiểm toán bị sửa
audit-finding-segment-altered = Đoạn niêm phong bị sửa
audit-finding-chain-broken = Chuỗi bị đứt
audit-finding-tail-cut = Đoạn cuối bị cắt
audit-finding-version-altered = Phiên bản bị sửa
audit-finding-version-missing = Thiếu phiên bản
audit-finding-version-unaudited = Phiên bản không có mục kiểm toán
audit-finding-head-altered = Bản ghi hiện hành bị sửa
audit-finding-head-missing = Thiếu bản ghi hiện hành
audit-finding-file-altered = Tệp bị sửa
audit-finding-file-missing = Thiếu tệp
audit-about-segment = đoạn niêm phong số { $number }
audit-about-version = { $table } { $record }, phiên bản { $version }
audit-about-record = { $table } { $record } không hiện đúng phiên bản mới nhất
audit-about-list = { $table }: lẽ ra có { $expected } bản ghi, trong danh sách có { $listed }
