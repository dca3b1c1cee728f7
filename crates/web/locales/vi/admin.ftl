# Quản trị: tác vụ nền, nhật ký kiểm toán, giới thiệu.

jobs-title = Tác vụ nền
jobs-lead = Thông báo, cập nhật số liệu tổng hợp và các việc chạy sau khi dữ liệu đã được ghi.
jobs-waiting = Đang chờ
jobs-running = Đang chạy
jobs-outbox = Sự kiện chưa chuyển
jobs-failed = Tác vụ hỏng
jobs-failed-empty = Không có tác vụ nào hỏng
jobs-failed-empty-next = Tác vụ thử lại nhiều lần mà không xong sẽ nằm ở đây, để xem lỗi và chạy lại.
run-again = Chạy lại

audit-title = Nhật ký kiểm toán
audit-lead = Mỗi lần ghi là một mục, nối với nhau bằng mã băm: sửa, xóa hay đảo thứ tự đều bị phát hiện.
audit-filter = Người thực hiện hoặc đối tượng
audit-empty = Không có mục nào phù hợp
audit-empty-next = Bỏ điều kiện lọc để xem toàn bộ nhật ký.
chain-unchecked = Chuỗi chưa được kiểm tra từ khi hệ thống khởi động.
chain-unchecked-next = Chạy phusa audit verify trên máy chủ.
chain-whole = Chuỗi nguyên vẹn: { $entries } mục, kiểm tra lúc { $date }.
chain-head = Mã đầu chuỗi, nên lưu ở nơi khác:
chain-broken = Chuỗi không còn nguyên vẹn, phát hiện lúc { $date }.
chain-broken-next = Không sửa dữ liệu. Giữ nguyên hiện trạng, sao lưu và báo người phụ trách an toàn thông tin.

about-title = Giới thiệu
about-lead = Theo dõi việc thực hiện Kế hoạch Chuyển đổi số năm 2023 của tỉnh Vĩnh Long, từ văn bản đến từng con số.
about-name-title = Tên gọi
about-name = Phù sa là đất màu mà dòng Mê Kông bồi đắp: nước chảy qua nơi nào, đồng ruộng nơi đó thêm màu mỡ. Dữ liệu nhập một lần cũng vậy, nuôi mọi báo cáo về sau.
about-demo-title = Dữ liệu trình diễn
about-demo = Số liệu tiến độ, tên người và tài khoản đang hiển thị là giả lập. Nội dung kế hoạch lấy nguyên từ văn bản.
about-sources = Nguồn dữ liệu
about-sources-empty = Chưa nạp nguồn dữ liệu nào.
about-unconfirmed = Những điều chưa được xác nhận
about-unconfirmed-lead = Hệ thống dùng tạm những điều sau cho đến khi có văn bản xác nhận.
about-licences = Giấy phép
