# Cơ quan không có tài khoản nộp phiếu báo cáo bằng liên kết có hạn.

sheet-link-title = Liên kết nộp phiếu
sheet-link-page = Liên kết nộp phiếu
sheet-link-lead = Ngân hàng, doanh nghiệp, hội, trường… không có tài khoản thì nộp phiếu bằng liên kết riêng. Ai giữ liên kết thì điền và gửi được phiếu này, và chỉ phiếu này, cho đến khi liên kết hết hạn hoặc bị thu hồi.
sheet-link-no-account = Cơ quan chưa có tài khoản
sheet-link-standing = Liên kết hiện có
sheet-link-none = Chưa có liên kết
sheet-link-open = Liên kết đang dùng được
sheet-link-ended = Liên kết đã hết hạn
sheet-link-withdrawn = Liên kết đã thu hồi
sheet-link-ends = Dùng được đến hết ngày
sheet-link-ends-hint = Điền sẵn theo hạn nộp của đợt, cộng thời gian để sửa nếu bị trả lại. Muộn nhất là { $furthest }.
sheet-link-made = Người tạo
sheet-link-email = Thư điện tử của cơ quan
sheet-link-email-hint = Có địa chỉ thì nhắc nộp và báo mở lại phiếu cũng được gửi đến đây.
sheet-link-make = Tạo liên kết
sheet-link-make-anew = Tạo liên kết mới
sheet-link-anew-hint = Liên kết trước hết hiệu lực ngay. Số đã nhập trong phiếu vẫn còn.
sheet-link-show-once = Tạo và hiện liên kết
sheet-link-mail = Tạo và gửi qua thư
sheet-link-withdraw = Thu hồi liên kết
sheet-link-handed = Liên kết của { $unit }
sheet-link-handed-hint = Liên kết chỉ hiện một lần này, hệ thống không lưu lại. Sao chép và gửi đúng người phụ trách; ai có liên kết đều gửi được phiếu thay cơ quan.
sheet-link-message = Lời nhắn gửi cơ quan
sheet-link-message-hint = Sao chép để gửi qua văn bản, thư hoặc nhóm làm việc.
sheet-link-message-way = Phiếu điền tại liên kết sau, dùng được đến hết ngày { $ends }, không cần tài khoản: { $link }
sheet-link-message-known = Phiếu điền tại liên kết đã gửi cho đơn vị. Nếu không còn liên kết, đề nghị trả lời để được gửi lại.
sheet-link-message-due =
    Kính gửi { $unit },
    { $sender } đề nghị đơn vị gửi phiếu “{ $title }” ({ $period }) chậm nhất ngày { $due }. { $way }
    Trân trọng./.
sheet-link-message-late =
    Kính gửi { $unit },
    Đã quá hạn ngày { $due } nhưng { $sender } chưa nhận được phiếu “{ $title }” ({ $period }) của đơn vị. { $way }
    Trân trọng./.
sheet-by-link = gửi qua liên kết
sheet-by-link-at = Cơ quan gửi phiếu qua liên kết lúc { $at }, không qua tài khoản. Kiểm tra rồi tổng hợp, hoặc mở lại phiếu kèm lý do.

link-sheet-lead = { $sender } đề nghị { $unit } cho số liệu dưới đây. Nhập số lũy kế từ đầu năm đến hết kỳ; mục nào chưa có số thì ghi lý do ở ghi chú.
link-sheet-again = Có thể lưu rồi mở lại chính liên kết này để làm tiếp, đến hết ngày { $date }. Giữ kín liên kết: ai có nó đều gửi được phiếu.
link-sheet-send = Gửi phiếu
link-sheet-sent-at = Phiếu đã gửi lúc { $at }.
link-sheet-sent-next = Dưới đây là số liệu đã gửi, không sửa được nữa. { $sender } xem và tổng hợp; nếu cần sửa, phiếu được mở lại kèm lý do ở chính trang này.
link-sheet-counts = Số liệu đã được tổng hợp và công bố theo kế hoạch.
link-sheet-closed = Đợt báo cáo đã đóng, phiếu này không nhận nữa. Cần gửi số liệu thì liên hệ { $sender }.
link-target = Mục tiêu { $numbers }
link-measure-unit = Đơn vị tính
link-note-hint = Nguồn số liệu, cách tính; hoặc lý do chưa có số.

mail-sheet-link-made = Đề nghị quý cơ quan gửi số liệu theo phiếu “{ $title }” ({ $period }), chậm nhất ngày { $due }. Không cần tài khoản; mở liên kết sau để điền và gửi:
mail-sheet-link-reminded = Nhắc gửi phiếu “{ $title }” ({ $period }), hạn ngày { $due }.
mail-sheet-link-reopened = Phiếu “{ $title }” ({ $period }) được mở lại để sửa; lý do ghi ở đầu phiếu.
mail-sheet-link-known = Phiếu mở tại liên kết đã gửi trong thư trước. Nếu không còn liên kết, trả lời thư này để được gửi lại.
mail-sheet-link-ends = Liên kết dùng được đến hết ngày { $date }. Ai có liên kết đều gửi được phiếu thay cơ quan, xin giữ kín.

flash-link-sheet-saved = Đã lưu. Phiếu chưa gửi.
flash-link-sheet-sent = Đã gửi phiếu.
flash-sheet-link-mailed = Đang gửi thư có liên kết.
flash-sheet-link-withdrawn = Đã thu hồi liên kết.

problem-sheet-link-void = Liên kết này không mở được phiếu nào: có thể đã hết hạn, đã bị thu hồi, đã có liên kết mới hơn, hoặc chép chưa đủ. Hãy hỏi cơ quan đã gửi liên kết để được gửi lại.
problem-unit-has-accounts = Đơn vị này có người dùng tài khoản, nên nộp phiếu bằng tài khoản.
problem-link-not-needed = Phiếu đã gửi hoặc đợt báo cáo đã đóng, nên không cần liên kết. Muốn cơ quan sửa phiếu thì mở lại phiếu trước.
problem-came-by-link = Báo cáo này do cơ quan không có tài khoản gửi qua liên kết. Muốn trả lại thì mở lại phiếu của cơ quan trong đợt báo cáo.
field-link-ends-in-the-past = Ngày hết hạn phải từ hôm nay trở đi.
field-link-ends-too-late = Ngày hết hạn muộn nhất là { $date }.
field-link-ends-unreadable = Chọn ngày hết hạn của liên kết.

act-by-link = Gửi qua liên kết, không qua tài khoản
actor-by-link = { $unit } (qua liên kết)
via-link = liên kết
action-hand-in = Gửi qua liên kết
action-renew = Tạo lại liên kết
job-sheet-link-mail = Thư gửi cơ quan nộp phiếu bằng liên kết
job-sheet-link-mail-failed = Thư gửi cơ quan nộp phiếu bằng liên kết chưa gửi được
right-kind-sheet_link = liên kết nộp phiếu
campaign-outside = Cơ quan chủ trì chưa có trong danh mục đơn vị nên không nhận phiếu:
campaign-outside-next = Ghi thay đổi đơn vị “Thành lập” cho cơ quan ấy rồi chọn đơn vị vừa ghi cho tên gọi; sau đó cơ quan nộp phiếu bằng liên kết, không cần tài khoản.
