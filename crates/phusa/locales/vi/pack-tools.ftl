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
help-pack-diff = Nêu việc sửa gói làm gì với các bản ghi đang có: thêm, nới rộng, thu hẹp, đổi tên, mất
help-pack-diff-folders = Hai thư mục: bản trước và bản sau; một thư mục: so với bản đã áp dụng trong cơ sở dữ liệu, kèm số bản ghi liên quan; không nêu: các gói hệ thống đang dùng
help-pack-apply = Áp dụng gói vào cơ sở dữ liệu, chuyển các bản ghi theo [migration]; từ chối khi sẽ mất dữ liệu
help-pack-apply-folders = Thư mục của các gói cần áp dụng; gói khác giữ như đã áp dụng; không nêu: các gói hệ thống đang dùng
help-pack-apply-resume = Làm tiếp lần áp dụng đang dở
pack-diff-same = Giống hệt bản đã có.
pack-diff-nothing = Chỉ khác chữ, vai trò, quy tắc, cách xem hoặc bản in; không đụng đến bản ghi đang có.
pack-diff-fine = { $changes } thay đổi; áp dụng được.
pack-diff-refused = { $changes } thay đổi, { $refused } thay đổi chưa áp dụng được vì sẽ mất dữ liệu.
pack-diff-arranged = ~ { $record }: bản ghi đang có được sắp xếp lại để lọc, tìm và xếp thứ tự theo khai báo mới; nội dung không đổi, mọi người vẫn làm việc.
pack-apply-first = Đã ghi nhận các gói này là bản áp dụng đầu tiên.
pack-apply-same = Các gói này đã được áp dụng rồi (lần { $sequence }).
pack-apply-done = Đã áp dụng (lần { $sequence }); { $records } bản ghi có phiên bản mới. Khởi động lại phusa serve đang chạy: tiến trình chạy bản cũ không ghi được nữa.
pack-apply-refused = Chưa áp dụng gì.
pack-apply-so-far = … { $count } bản ghi
pack-apply-arranged = … { $count } bản ghi đã được sắp xếp lại
failure-packs-never-applied = Cơ sở dữ liệu chưa ghi nhận lần áp dụng gói nào. Chạy phusa serve một lần, hoặc phusa pack apply, để ghi nhận các gói đang dùng.
failure-packs-pending = Một lần áp dụng gói đang dở, bản ghi đang được chuyển. Chạy phusa pack apply --resume để làm tiếp đến hết, rồi làm lại việc này.
failure-packs-nothing-pending = Không có lần áp dụng nào đang dở. Chạy phusa pack diff để xem các gói khác bản đã áp dụng thế nào.
failure-packs-lose = Gói đã sửa theo cách làm mất dữ liệu đang có nên hệ thống không khởi động:
    { $changes }
    Sửa theo hướng dẫn trên rồi xem lại bằng phusa pack diff, áp dụng bằng phusa pack apply; hoặc đặt lại gói như trước.
failure-packs-await = Gói đã sửa và các bản ghi phải được chuyển theo trước khi hệ thống khởi động:
    { $changes }
    Xem lại bằng phusa pack diff rồi chạy phusa pack apply.
