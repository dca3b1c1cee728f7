# Đợt báo cáo: mở đợt, phiếu của từng đơn vị, đôn đốc, tổng hợp.

campaigns-title = Đợt báo cáo
campaigns-lead = Mỗi đợt gửi cho từng đơn vị một phiếu gồm mọi chỉ tiêu đơn vị phải báo cáo trong kỳ.
campaigns-open = Đang mở
campaigns-closed = Đã đóng
campaigns-none-open = Không có đợt báo cáo nào đang mở
campaigns-none-open-next = Khi đơn vị điều phối mở đợt mới, đợt ấy hiện ở đây và phiếu hiện trong Việc của tôi.
campaign-title = Tên đợt báo cáo
campaign-title-usual = Báo cáo kết quả thực hiện Kế hoạch { $period }
campaign-progress = Tiến độ
campaign-own-sheets = Phiếu của đơn vị
campaign-handed-in-of = { $done }/{ $total } đơn vị đã nộp
campaign-new = Mở đợt báo cáo
campaign-new-lead = Chọn kỳ, mục tiêu, đơn vị và hạn nộp; xem trước mỗi đơn vị nhận bao nhiêu dòng rồi mới mở.
campaign-which = Mục tiêu cần báo cáo
campaign-which-all = Tất cả mục tiêu đang đo
campaign-which-group = Một nhóm mục tiêu
campaign-which-numbers = Các mục tiêu theo số thứ tự
campaign-group = Nhóm
campaign-numbers = Số thứ tự
campaign-numbers-hint = Ví dụ: 1-12, 35, 40
campaign-reporters = Đơn vị báo cáo
campaign-reporters-hint = Mặc định theo cơ quan chủ trì của từng mục tiêu; có thể giới hạn trong một nhóm đơn vị.
campaign-reporters-all = Mọi đơn vị chủ trì
campaign-due = Hạn nộp
campaign-due-days = Số ngày làm việc
campaign-due-days-hint = Tính từ ngày sau ngày cuối kỳ, hoặc sau hôm nay nếu kỳ đã hết.
campaign-due-day = Hoặc một ngày cụ thể
campaign-due-day-hint = Nếu chọn ngày thì không tính theo số ngày làm việc.
campaign-reminders = Nhắc việc
campaign-reminders-hint = Số ngày làm việc tính từ hạn nộp: -3 là trước hạn ba ngày, 0 là đúng ngày hạn, 2 là sau hạn hai ngày. Để trống thì không nhắc. Quyết định không quy định các mốc này.
campaign-remind-officer = Nhắc cán bộ báo cáo
campaign-remind-head = Nhắc lãnh đạo đơn vị
campaign-remind-viewer = Báo lãnh đạo theo dõi
campaign-preview = Xem trước
campaign-preview-title = Nếu mở đợt này
campaign-preview-summary = { $sheets } phiếu, { $lines } dòng số liệu, hạn nộp { $due }.
campaign-preview-units = Đơn vị lấy theo bộ máy ngày { $date }.
campaign-preview-shared = { $count } dòng không phải nhập lại vì nhiều mục tiêu dùng chung số liệu.
campaign-nobody = Chưa có đơn vị báo cáo cho các mục tiêu số
campaign-lines = Số dòng
campaign-open = Mở đợt và gửi phiếu
campaign-is-open = đang nhận phiếu
campaign-is-closed = đã đóng
campaign-no-units = Không có đơn vị nào
campaign-no-units-next = Chọn cách xem khác ở trên.
campaign-filled = Dòng đã nhập
campaign-handed-in = Nộp lúc
campaign-select = Chọn { $unit }
campaign-bulk-hint = Chọn các đơn vị cần nhắc hoặc các phiếu cần tổng hợp.
campaign-remind-selected = Nhắc các đơn vị đã chọn
campaign-remind-all = Gửi nhắc việc đến mọi đơn vị chưa nộp
campaign-consolidate-selected = Tổng hợp các phiếu đã chọn
campaign-message-title = Đôn đốc đơn vị chưa nộp
campaign-message = Nội dung đôn đốc
campaign-message-hint = Sao chép để gửi qua văn bản hoặc nhóm làm việc; hoặc bấm nút bên dưới để gửi thông báo trong hệ thống và thư điện tử đến cán bộ báo cáo, lãnh đạo từng đơn vị.
campaign-message-due =
    Kính gửi các cơ quan, đơn vị có tên dưới đây,
    { $sender } đề nghị các cơ quan, đơn vị hoàn thành phiếu “{ $title }” ({ $period }) trên hệ thống, lãnh đạo duyệt, chậm nhất ngày { $due }. Các đơn vị chưa nộp:
    { $units }
    Trân trọng./.
campaign-message-late =
    Kính gửi các cơ quan, đơn vị có tên dưới đây,
    Đã quá hạn ngày { $due } nhưng { $sender } chưa nhận được phiếu “{ $title }” ({ $period }). Đề nghị các cơ quan, đơn vị khẩn trương hoàn thành để tổng hợp, báo cáo Chủ tịch UBND tỉnh. Các đơn vị chưa nộp:
    { $units }
    Trân trọng./.
campaign-reminders-none = Đợt này không nhắc tự động và chưa nhắc lần nào.
campaign-to-officers = Cán bộ báo cáo
campaign-to-heads = Lãnh đạo đơn vị
campaign-to-viewers = Lãnh đạo theo dõi
campaign-on-the-day = đúng ngày hạn
campaign-days-before = trước hạn { $days } ngày làm việc
campaign-days-after = sau hạn { $days } ngày làm việc
campaign-ran = đã chạy
campaign-waits = chưa đến lúc
campaign-called = { $at }: đã nhắc { $units } đơn vị
campaign-close = Đóng đợt báo cáo
campaign-close-hint = Sau khi đóng, phiếu chưa nộp không nhận nữa; phiếu đang duyệt vẫn đi tiếp; phiếu được mở lại vẫn nộp được.
campaign-open-again = Mở lại đợt báo cáo
campaign-open-again-hint = Các đơn vị chưa nộp lại nộp được; quá hạn thì ghi là nộp trễ.

sheets-waiting = Phiếu báo cáo
sheet-title = Phiếu báo cáo
sheet-filled = đã nhập { $filled }/{ $lines } dòng
sheet-stage-not-opened = Chưa mở
sheet-stage-opened = Đã mở, chưa nhập
sheet-stage-begun = Đang nhập
sheet-stage-sent-back = Bị trả lại
sheet-stage-reopened = Được mở lại
sheet-stage-submitted = Chờ lãnh đạo duyệt
sheet-stage-approved = Chờ tổng hợp
sheet-stage-consolidated = Đã tổng hợp
sheet-is-late = Quá hạn
sheet-was-late = Nộp trễ
sheet-fill-hint = Số lũy kế từ đầu năm đến hết kỳ. Dòng chưa có số liệu thì ghi rõ lý do ở ghi chú. Có thể dán một vùng từ bảng tính: cột thứ nhất là tử số hoặc số lượng, cột thứ hai là mẫu số, cột thứ ba là ghi chú.
sheet-decide-hint = Dòng nào cần sửa thì ghi lý do trả lại; các dòng khác được duyệt. Không ghi lý do nào thì cả phiếu được duyệt.
sheet-note-of = Ghi chú mục tiêu { $numbers }
sheet-line-open = Mở dòng, thêm minh chứng
sheet-line-back = Lý do trả lại
sheet-send-line-back = Trả lại dòng này
sheet-conflict = Người khác vừa nhập dòng này. Số của bạn còn trong ô, chưa ghi đè; lưu lần nữa nếu muốn dùng số của bạn.
sheet-theirs = Người khác đã nhập
sheet-submit = Nộp phiếu cho lãnh đạo duyệt
sheet-decide = Duyệt phiếu
sheet-consolidate = Tổng hợp phiếu
sheet-reopen = Mở lại phiếu
sheet-reopen-hint = Ghi lý do. Dòng được chọn trong bảng trở lại để sửa (số đã tổng hợp tạm rút khỏi trang công khai); dòng khác giữ nguyên.
sheet-reopen-line = Cần sửa dòng này
sheet-pasted = Đã dán %n% ô.
sheet-pasted-left = %n% ô không có chỗ tương ứng, chưa dán.
sheet-task-fill = Điền phiếu: { $title }
sheet-task-correct = Sửa phiếu: { $title }
sheet-task-approve = Duyệt phiếu: { $title }
sheet-told-sheet-opened = Có phiếu mới cần điền: { $title }, hạn nộp { $due }.
sheet-told-sheet-reminded = Nhắc nộp phiếu: { $title }, hạn nộp { $due }.
sheet-told-sheet-sent-back = Phiếu { $title } có dòng bị trả lại (hạn nộp { $due }).
sheet-told-sheet-reopened = Phiếu { $title } được mở lại để sửa (hạn nộp { $due }).
sheet-told-sheet-consolidated = Phiếu { $title } (hạn nộp { $due }) đã được tổng hợp.
sheet-told-campaign-late = Còn đơn vị chưa nộp phiếu: { $title }, hạn nộp { $due }.

mail-sheet-subject = [Phù Sa] { $title }
mail-sheet-unit = Đơn vị: { $unit }
mail-campaign-late = Số đơn vị chưa nộp: { $count }

flash-sheet-saved = Đã lưu phiếu.
flash-sheet-submitted = Đã nộp phiếu, chờ lãnh đạo duyệt.
flash-sheet-approved = Đã duyệt phiếu.
flash-sheet-sent-back = Đã trả lại các dòng cần sửa; các dòng khác đã duyệt.
flash-sheet-reopened = Đã mở lại phiếu.
flash-sheets-consolidated = Đã tổng hợp.
flash-campaign-opened = Đã mở đợt báo cáo và gửi phiếu.
flash-campaign-closed = Đã đóng đợt báo cáo.
flash-campaign-opened-again = Đợt báo cáo đang mở.
flash-campaign-reminded = Đang gửi nhắc việc.

problem-campaign-closed = Đợt báo cáo đã đóng. Đề nghị đơn vị điều phối mở lại phiếu.
problem-sheet-handed-in = Phiếu đã nộp nên không sửa được nữa. Muốn sửa, đề nghị lãnh đạo trả lại hoặc đơn vị điều phối mở lại.
problem-line-changed = Có dòng vừa được gửi lại sau khi trang này mở ra. Xem lại các dòng rồi duyệt.
problem-nobody-to-remind = Các đơn vị đã chọn đều đã nộp phiếu.
field-line-empty = Mục tiêu { $numbers } chưa có số liệu. Nhập số, hoặc ghi rõ lý do ở ghi chú.
field-line-closed = Dòng này đã được gửi nên không sửa được.
field-due-in-the-past = Hạn nộp phải từ hôm nay trở đi.
field-due-unreadable = Nhập số ngày làm việc, hoặc chọn một ngày.
field-reminder-too-far = Mốc nhắc việc cách hạn nộp nhiều nhất { $most } ngày làm việc.
field-group-unknown = Không có nhóm đơn vị này vào thời điểm của kỳ.
field-target-unknown = Không có mục tiêu số { $number }.
field-target-numbers = Ghi số thứ tự mục tiêu, ví dụ: 1-12, 35.
field-nobody-reports = Không có đơn vị nào báo cáo các mục tiêu đã chọn.

job-sheet-notify = Thông báo về phiếu báo cáo
job-sheet-notify-failed = Thông báo về phiếu báo cáo chưa tạo được
job-sheet-mail = Thư về phiếu báo cáo
job-sheet-mail-failed = Thư về phiếu báo cáo chưa gửi được
right-kind-campaign = đợt báo cáo
right-kind-sheet = phiếu báo cáo
col-indicator-of-sheet = Chỉ tiêu
sheet-reason = Lý do
