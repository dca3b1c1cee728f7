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

notices-title = Thông báo
notices-put-aside = Cất đi
notice-sent-back = Báo cáo mục tiêu { $number }, { $period } bị trả lại.
notice-consolidated = Báo cáo mục tiêu { $number }, { $period } đã được tổng hợp.

report-list-title = Báo cáo { $period }
report-list-progress = đã nhập { $done } trên { $total } mục tiêu
report-list-empty = Không có mục tiêu nào phải báo cáo
report-list-empty-next = Chọn kỳ khác, hoặc bỏ điều kiện lọc.
report-title = Báo cáo { $period }
report-write = Nhập báo cáo
report-missing = Còn thiếu: { $fields }. Nhập đủ rồi mới gửi được.
select-report = Chọn báo cáo mục tiêu { $number }
bulk-hint = Chọn các báo cáo cần duyệt.
approve-selected = Duyệt các báo cáo đã chọn

entry-ratio = Số liệu
entry-ratio-hint = Số lũy kế từ đầu năm đến hết kỳ báo cáo. Nhập tử số và mẫu số; tỷ lệ do hệ thống tính. Viết 2290 hoặc 2.290 đều được. Mới có một trong hai số vẫn lưu nháp được.
entry-count-hint = Số lũy kế từ đầu năm đến hết kỳ báo cáo. Viết 2290 hoặc 2.290 đều được.
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
conflict-mine = nội dung vừa nhập
conflict-theirs = Nội dung hiện hành
conflict-same = Giống nhau
conflict-save = Lưu nội dung vừa nhập
conflict-drop = Bỏ, giữ nội dung hiện hành

entry-count = Số lượng
entry-count-of = Số lượng ({ $unit })
entry-standing = Trong kỳ này, nhiệm vụ thường xuyên đã được thực hiện chưa?
entry-result = Kết quả thực hiện
duty-done = Có, đã thực hiện trong kỳ
duty-open = Không, chưa thực hiện trong kỳ
files-received = Tệp vừa gửi, sẽ đính kèm khi lưu
report-name = Báo cáo { $period }, mục tiêu { $number }
report-list-count = { $count } báo cáo trên trang này
periods-all = Tất cả các kỳ
periods-all-inline = tất cả các kỳ
units-all = Tất cả đơn vị
approve-failed = Mục tiêu { $number } chưa được duyệt: { $why }
conflict-closed = Báo cáo đã chuyển sang bước khác nên hiện không sửa được. Có thể chép lại nội dung dưới đây, hoặc góp ý trong trang báo cáo.
conflict-files-same = Không thêm, không bỏ tệp nào

task-approve = Duyệt báo cáo mục tiêu { $number }, { $period }
task-consolidate = Tổng hợp báo cáo mục tiêu { $number }, { $period }
task-correct = Sửa báo cáo mục tiêu { $number }, { $period }
task-why = { $unit }: { $value }, { $files } tệp minh chứng. { $title }
task-why-sent-back = { $person } trả lại: “{ $reason }”
tasks-approve = Cần duyệt
tasks-consolidate = Cần tổng hợp
tasks-correct = Cần sửa
tasks-to-report = Báo cáo { $period }: đã bắt đầu { $done } trên { $total }

flash-report-saved = Đã lưu bản nháp.
flash-report-submitted = Đã gửi báo cáo để lãnh đạo duyệt.
flash-report-approved = Đã duyệt báo cáo.
flash-reports-approved = Đã duyệt các báo cáo được chọn.
flash-report-sent-back = Đã trả lại báo cáo kèm lý do.
flash-report-consolidated = Đã tổng hợp. Số liệu công khai đã được cập nhật.
flash-comment-saved = Đã gửi góp ý.
flash-already-done = Nội dung này đã được ghi từ trước, không ghi thêm lần nữa.
