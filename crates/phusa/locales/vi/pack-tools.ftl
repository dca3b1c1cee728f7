# Thử gói bằng tình huống, sách hướng dẫn.
help-pack-test = Chạy các tình huống mẫu khai báo trong gói (tests/*.toml), mỗi tình huống trong một tỉnh trống, đúng ngày giờ khai báo
help-pack-test-folders = Thư mục của gói, hoặc thư mục chứa nhiều gói; các gói cần nhau phải được nêu cùng lúc
pack-test-fine = Đã chạy { $count } tình huống: tất cả đúng như khai báo.
pack-test-wrong = Đã chạy { $count } tình huống: { $failed } tình huống không đúng như khai báo.
pack-test-expected = {"  "}cần: { $expected } · thực tế: { $actual }
failure-temporary-folder = Không tạo được thư mục tạm: { $why }. Kiểm tra dung lượng và quyền ghi của thư mục tạm.
failure-scenario = Máy không chạy tiếp được tình huống: { $why }
help-pack-doc = In sách hướng dẫn sử dụng, làm từ khai báo của gói
help-pack-doc-folders = Thư mục của gói, hoặc thư mục chứa nhiều gói; các gói cần nhau phải được nêu cùng lúc
help-pack-doc-html = In dạng HTML thay cho Markdown
