# Nhật ký kiểm toán: lọc, một mục, lượt xem dữ liệu cá nhân.

audit-any = Tất cả
audit-login = Tên đăng nhập của người thực hiện
audit-login-unknown = Không có tài khoản nào mang tên đăng nhập này. Kiểm tra lại, hoặc để trống.
audit-from = Từ ngày
audit-until = Đến ngày
audit-day-unreadable = Ngày không đọc được. Nhập theo dạng năm-tháng-ngày, ví dụ 2023-10-02.
audit-days-crossed = Ngày cuối đứng trước ngày đầu. Đổi lại hai ngày.
audit-all = Bỏ lọc
audit-export = Tải về dạng CSV
audit-on-behalf = thay mặt { $name }
audit-entry-title = Mục { $number } của nhật ký
audit-state = Trạng thái hồ sơ sau đó
audit-segment = Đoạn niêm phong
audit-unsealed = Chờ niêm phong trong ít giây tới
audit-chain = Chuỗi mã băm
audit-changes = Những gì đã thay đổi
audit-erased = Nội dung của phiên bản này đã được xóa theo yêu cầu của pháp luật; mã băm vẫn còn.
audit-compared = So với phiên bản { $number }.
audit-first = Không có phiên bản trước để so.
audit-compare-with = So với phiên bản khác:
audit-no-changes = Nội dung không khác phiên bản được so.
audit-field = Trường
audit-before = Trước
audit-after = Sau
audit-secret = bí mật, không hiển thị
audit-as-it-stood = Hồ sơ tại thời điểm đó
audit-all-fields = Xem mọi trường
audit-digest = Mã băm trong nhật ký kiểm toán:

col-kind = Loại hồ sơ
col-record = Hồ sơ
col-way = Đường vào
col-digest = Mã băm

via-page = Trang web
via-api = Giao diện lập trình
via-cli = Dòng lệnh trên máy chủ
via-job = Tác vụ nền
via-import = Nạp dữ liệu

readings-title = Lượt xem dữ liệu cá nhân
readings-lead = Mỗi lần dữ liệu cá nhân hiện đầy đủ cho người khác xem đều được ghi lại, gộp theo ngày, người xem và hồ sơ.
readings-mine = Ai đã xem dữ liệu của tôi
readings-mine-lead = Những người khác đã được hiển thị dữ liệu cá nhân của bạn, gộp theo ngày.
readings-reader = Tên đăng nhập của người xem
readings-subject = Dữ liệu của (tên đăng nhập hoặc mã hồ sơ)
readings-empty = Chưa có lượt xem nào
readings-empty-next = Khi có người khác xem dữ liệu cá nhân, lượt xem sẽ hiện ở đây.
readings-last = Lần cuối trong ngày
readings-who = Người xem
readings-whose = Dữ liệu của
readings-fields = Trường đã xem
readings-times = Số lần
readings-since = từ { $date }

personal-login = Tên đăng nhập
personal-name = Họ và tên
personal-email = Thư điện tử
personal-phone = Số điện thoại
personal-citizen-id = Số định danh cá nhân
personal-birth-date = Ngày sinh
personal-address = Địa chỉ
