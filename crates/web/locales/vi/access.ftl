# Mật khẩu quên, lời mời, mã truy cập, quản trị tài khoản.

password-lost-title = Quên mật khẩu
password-lost-lead = Nhập tên đăng nhập. Liên kết đặt mật khẩu mới sẽ được gửi đến địa chỉ thư của tài khoản.
password-lost-submit = Gửi liên kết
password-lost-asked = Nếu có tài khoản mang tên đăng nhập này và tài khoản đã có địa chỉ thư, một liên kết vừa được gửi đi.
password-lost-asked-next = Liên kết dùng được một lần, trong một giờ. Không thấy thư thì xem hộp thư rác, hoặc nhờ quản trị hệ thống của cơ quan.
password-lost-by-hand = Hệ thống này không gửi thư. Hãy nhờ quản trị hệ thống của cơ quan cấp liên kết đặt mật khẩu mới.
password-new-title = Đặt mật khẩu mới
password-new-lead = Cho tài khoản { $login }. Mọi phiên đăng nhập của tài khoản sẽ kết thúc.
password-new-submit = Đặt mật khẩu

invited-title = Nhận tài khoản
invited-lead = Chào { $name }. Chọn tên đăng nhập và mật khẩu để bắt đầu.
invited-submit = Tạo tài khoản

accounts-title = Tài khoản
accounts-lead = Người dùng được cấp tài khoản, vai trò của họ và những lời mời còn chờ.
account-open = Đang dùng
account-closed = Đã khóa
email = Địa chỉ thư
email-hint = Để gửi lời mời và liên kết đặt mật khẩu mới; có thể để trống.
link-ends = Liên kết hết hạn
invitations-title = Lời mời còn chờ
invitations-empty = Không có lời mời nào đang chờ.
invitation-mail = Gửi thư
invitation-link = Lấy liên kết
withdraw = Thu hồi
invite-title = Mời người dùng mới
invite-lead = Người được mời tự chọn tên đăng nhập và mật khẩu. Có địa chỉ thư thì lời mời được gửi qua thư; không thì trao liên kết tận tay.
invite-submit = Tạo lời mời
grant-unit-hint = Gõ để tìm trong danh sách đơn vị.
handed-title = Liên kết cho { $name }
handed-lead = Chỉ hiện lần này. Trao tận tay hoặc qua kênh tin cậy; dùng được một lần, trong { $days } ngày.
handed-label = Liên kết
account-edit-title = Thông tin tài khoản
account-save = Lưu
grants-title = Vai trò
grants-empty = Tài khoản chưa có vai trò nào.
grant-submit = Giao vai trò
account-reset-title = Mật khẩu
account-reset-lead = Cấp một liên kết đặt mật khẩu mới. Mọi phiên đăng nhập của tài khoản kết thúc ngay.
account-reset-submit = Cấp liên kết
account-close-title = Khóa tài khoản
account-close-lead = Tài khoản bị khóa không đăng nhập được; phiên và mã truy cập ngừng từ yêu cầu kế tiếp.
account-close = Khóa tài khoản
account-reopen = Mở lại tài khoản

sessions-end-others = Kết thúc mọi phiên khác

tokens-title = Mã truy cập API
tokens-lead = Cho chương trình khác làm việc thay tài khoản này, trong phạm vi và thời hạn đã chọn.
tokens-empty = Chưa có mã truy cập nào
tokens-empty-next = Tạo mã khi có chương trình cần đọc hoặc gửi dữ liệu.
token-made-title = Mã truy cập mới
token-made-lead = Chỉ hiện lần này. Chép ngay vào nơi cất giữ an toàn.
token-label = Dùng vào việc gì
token-label-hint = Ví dụ: kho dữ liệu của tỉnh.
token-scope = Phạm vi
token-used = Dùng gần nhất
token-ends = Hết hạn
token-ended = đã hết hạn
token-new-title = Tạo mã truy cập
token-access = Quyền
token-reads = Chỉ đọc
token-writes = Đọc và ghi
token-everything = mọi phần của API
token-areas = Phần của API
token-area-plan = Kế hoạch
token-area-reports = Báo cáo và minh chứng
token-area-tasks = Việc được giao
token-area-units = Đơn vị
token-days = Số ngày dùng được
token-days-hint = Từ 1 đến 366.
token-submit = Tạo mã

flash-sessions-ended = Đã kết thúc mọi phiên đăng nhập khác.
flash-password-reset = Đã đặt mật khẩu mới. Hãy đăng nhập.
flash-welcome = Tài khoản đã sẵn sàng.
flash-token-ended = Đã thu hồi mã truy cập.
flash-invitation-mailed = Lời mời đang được gửi qua thư.
flash-invitation-withdrawn = Đã thu hồi lời mời.

mail-reset-subject = Đặt mật khẩu mới cho Phù Sa
mail-reset-text =
    Chào { $name },

    Có người vừa yêu cầu đặt mật khẩu mới cho tài khoản của anh/chị. Mở liên kết sau, dùng được một lần, trong một giờ:

    { $link }

    Nếu không phải anh/chị yêu cầu, không cần làm gì: mật khẩu đang dùng vẫn giữ nguyên.
mail-invitation-subject = Lời mời nhận tài khoản Phù Sa
mail-invitation-text =
    Chào { $name },

    Anh/chị được cấp tài khoản trên hệ thống Phù Sa. Mở liên kết sau để chọn tên đăng nhập và mật khẩu; liên kết dùng được một lần, trong bảy ngày:

    { $link }
