# Đăng nhập, tài khoản, thiết lập ban đầu.

sign-in-lead = Dành cho cán bộ, công chức được cấp tài khoản. Xem kế hoạch và số liệu công khai không cần đăng nhập.
login = Tên đăng nhập
login-hint = Chữ thường không dấu, chữ số, dấu chấm; ví dụ lan.pt.
password = Mật khẩu
password-hint = Ít nhất 12 ký tự. Nên dùng một câu dễ nhớ.
password-again = Nhập lại mật khẩu
full-name = Họ và tên
demo-accounts-title = Tài khoản trình diễn
demo-accounts-lead = Chỉ có khi hệ thống chạy ở chế độ trình diễn. Không dùng cho số liệu thật.

setup-title = Thiết lập quản trị viên đầu tiên
setup-lead = Trang này chỉ mở khi hệ thống chưa có quản trị viên.
setup-code = Mã thiết lập
setup-code-hint = Mã được in ra màn hình máy chủ khi khởi động lần đầu.
setup-submit = Tạo quản trị viên

account-title = Tài khoản của tôi
sessions-title = Phiên đăng nhập
sessions-lead = Nếu thấy thiết bị lạ, kết thúc phiên đó rồi đổi mật khẩu.
session-current = Phiên này
session-end = Kết thúc

password-change = Đổi mật khẩu
password-change-lead = Sau khi đổi, mọi phiên đăng nhập khác của tài khoản này đều kết thúc.
password-old = Mật khẩu đang dùng
password-new = Mật khẩu mới

device-unknown = Thiết bị không rõ
