# Báo cáo: việc của tôi, nhập số liệu, duyệt, trả lại, tổng hợp.

state-none = Chưa nhập
state-draft = Bản nháp
state-submitted = Chờ duyệt
state-approved = Đã duyệt
state-consolidated = Đã tổng hợp
state-sent-back = Bị trả lại
act-drafted = Lưu bản nháp
act-reported = Báo cáo
act-approved = Duyệt
act-sent-back = Trả lại
act-consolidated = Tổng hợp
act-commented = Góp ý
step-report = xem báo cáo
step-waiting = đang chờ

due-overdue = Quá hạn { $days } ngày
due-today = Hôm nay
due-left = Còn { $days } ngày
due-none = Không có hạn
due-at = hạn gửi { $date }
tasks-count = { $count } việc
tasks-overdue = { $count } việc quá hạn
tasks-order = xếp theo hạn
tasks-empty = Không còn việc nào đang chờ
tasks-empty-next = Việc mới sẽ hiện ở đây khi đến kỳ báo cáo, khi có báo cáo chờ duyệt hoặc bị trả lại.

report-list-title = Báo cáo { $period }
report-list-progress = đã nhập { $done } trên { $total } mục tiêu
report-list-empty = Không có mục tiêu nào phải báo cáo
report-list-empty-next = Chọn kỳ khác, hoặc bỏ điều kiện lọc.
report-title = Báo cáo { $period }
report-write = Nhập báo cáo
report-no-value = Chưa nhập số liệu.
select-report = Chọn báo cáo mục tiêu { $number }
bulk-hint = Chọn các báo cáo cần duyệt.
approve-selected = Duyệt các báo cáo đã chọn

entry-ratio = Số liệu
entry-ratio-hint = Nhập tử số và mẫu số; tỷ lệ do hệ thống tính. Viết 2290 hoặc 2.290 đều được.
entry-count-hint = Viết 2290 hoặc 2.290 đều được.
entry-milestone = Tình trạng thực hiện
note = Ghi chú
note-hint = Nguồn số liệu, cách tính, khó khăn, kiến nghị (nếu có).
files-kept = Minh chứng đã gửi
file-remove = Bỏ tệp
files-add = Thêm minh chứng
files-hint = PDF, DOCX, XLSX, CSV, PNG hoặc JPEG; mỗi tệp không quá { $limit }.
files-none = Chưa có tệp minh chứng.
submit-report = Gửi lãnh đạo duyệt
save-draft = Lưu bản nháp
draft-kept = Nội dung đang nhập được giữ tạm trên máy này.
draft-restore = Lấy lại nội dung chưa gửi
previous-title = Kỳ trước
previous-none = Chưa có số liệu kỳ trước.
sent-back-by = { $person } trả lại lúc { $date }

decide-title = Xử lý báo cáo
approve = Duyệt
consolidate = Tổng hợp
send-back = Trả lại
send-back-reason = Lý do trả lại
send-back-hint = Nêu rõ cần sửa hoặc bổ sung gì, để người nhập làm được ngay.
send-back-reason-missing = Nhập lý do trả lại.
report-steps-title = Quá trình xử lý
report-steps-empty = Báo cáo chưa được gửi.
comment-title = Góp ý
comment-label = Nội dung góp ý
comment-send = Gửi góp ý

history-title = Lịch sử thay đổi
history-lead = Mọi lần ghi đều được giữ lại, kèm người thực hiện và thời điểm.
history-empty = Chưa có phiên bản nào
history-empty-next = Phiên bản đầu tiên có khi bản nháp được lưu.

conflict-title = Hai người cùng sửa
conflict-happened = { $person } đã lưu một phiên bản mới lúc { $date }, trong khi nội dung này đang được sửa.
conflict-kept = Nội dung vừa nhập chưa được ghi và còn nguyên dưới đây. Đối chiếu từng mục rồi lưu.
conflict-files = Trình duyệt không giữ tệp đã chọn; xin chọn lại tệp sau khi lưu.
conflict-mine = nội dung vừa nhập
conflict-theirs = Nội dung hiện hành
conflict-same = Giống nhau
conflict-save = Lưu nội dung vừa nhập
conflict-drop = Bỏ, giữ nội dung hiện hành
