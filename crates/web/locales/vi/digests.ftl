# Thư tổng hợp theo đăng ký.

digest-title = Thư tổng hợp
digest-lead = Thư báo số việc đang chờ, việc quá hạn và những mục tiêu đã thay đổi kể từ thư trước. Không có gì mới thì không gửi.
digest-when = Gửi cho tôi
digest-save = Lưu
digest-never = Không gửi
digest-daily = Mỗi ngày làm việc
digest-monday = Thứ Hai hằng tuần
digest-tuesday = Thứ Ba hằng tuần
digest-wednesday = Thứ Tư hằng tuần
digest-thursday = Thứ Năm hằng tuần
digest-friday = Thứ Sáu hằng tuần
digest-no-mail = Hệ thống này chưa được cấu hình để gửi thư. Lựa chọn vẫn được lưu và có hiệu lực khi quản trị viên cấu hình máy chủ thư.
digest-no-address = Tài khoản chưa có địa chỉ thư điện tử nên chưa nhận được thư.
digest-address = Thư gửi đến { $address }.
mail-digest-subject = [Phù Sa] Tổng hợp từ { $from }
mail-digest-since = Sau đây là tổng hợp từ { $from }.
mail-digest-tasks = Việc đang chờ xử lý: { $tasks }, trong đó quá hạn: { $late }.
mail-digest-changes = Mục tiêu có thay đổi: { $count }.
mail-digest-more = … và { $count } mục tiêu khác.
mail-digest-too-much = Kế hoạch có quá nhiều thay đổi để liệt kê trong thư; xem đầy đủ tại:
mail-digest-why = Anh/chị nhận thư này vì đã đăng ký ở trang Tài khoản của tôi. Đổi ngày gửi hoặc ngừng nhận: { $address }
mail-hello-nobody = Kính gửi Anh/Chị,
