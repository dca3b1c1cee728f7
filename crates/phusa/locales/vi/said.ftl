# Những gì các lệnh in ra.

import-read = Quyết định số { $symbol } ngày { $date }
import-counted = { $targets } mục tiêu, { $projects } dự án, { $findings } điểm chưa khớp
import-also = { $duties } nhiệm vụ trong phần lời văn, { $baselines } số liệu kết quả năm trước; { $unused } dòng không dùng đến (liệt kê với --json)
import-errors = Mâu thuẫn trong văn bản, cần người quyết định ({ $count }):
import-warnings = Cần xem lại trước khi dùng ({ $count }):
import-notes = Ghi nhận ({ $count }):
import-lines = dòng { $lines }
import-dry-run = Chạy thử: không có gì được ghi vào hệ thống.

audit-counted = Đã đối chiếu { $leaves } mục kiểm toán trong { $segments } đoạn niêm phong, { $versions } phiên bản, { $heads } bản ghi hiện hành, { $files } tệp.
audit-unsealed = { $count } mục mới nhất chưa niêm phong.
audit-whole = Chuỗi nguyên vẹn: không có gì bị sửa, xóa hay đảo thứ tự.
audit-whole-with-head = Chuỗi nguyên vẹn và đi qua đúng mã đầu chuỗi đã lưu: không có gì bị sửa, xóa, đảo thứ tự hay cắt bỏ.
audit-broken = Chuỗi KHÔNG còn nguyên vẹn, { $count } chỗ:
audit-broken-next = Không sửa dữ liệu. Giữ nguyên hiện trạng, sao chép thư mục dữ liệu và báo người phụ trách an toàn thông tin.

doctor-writable = Thư mục dữ liệu { $folder } ghi được.
doctor-space = Đĩa còn trống { $free }.
doctor-space-short = Đĩa chỉ còn trống { $free }.
doctor-space-short-next = Dọn bớt hoặc mở rộng đĩa; nên còn ít nhất { $least }.
doctor-space-unknown = Không xem được dung lượng trống của đĩa: { $why }
doctor-space-unknown-next = Kiểm tra đĩa chứa thư mục dữ liệu.
doctor-open-files = Được mở { $limit } tệp và kết nối cùng lúc.
doctor-open-files-few = Chỉ được mở { $limit } tệp và kết nối cùng lúc.
doctor-open-files-few-next = Nâng giới hạn (ulimit -n) lên ít nhất { $least }.
doctor-engine = { $engine }: ghi xuống đĩa xong mới trả lời.
doctor-engine-lazy = { $engine }: trả lời trước khi ghi xuống đĩa, mất điện có thể mất dữ liệu.
doctor-engine-lazy-next = Bật lại fsync và synchronous_commit của cơ sở dữ liệu.
doctor-clock = Đồng hồ: { $now }.
doctor-clock-behind = Đồng hồ chỉ { $now }, sớm hơn lần ghi gần nhất ({ $last }) hoặc sớm hơn chương trình này.
doctor-clock-behind-next = Chỉnh lại đồng hồ, nên đồng bộ qua NTP.
doctor-audit = Chuỗi kiểm toán nguyên vẹn, { $versions } phiên bản.
doctor-audit-broken = Chuỗi kiểm toán không còn nguyên vẹn, { $count } chỗ.
doctor-audit-broken-next = Không sửa dữ liệu; sao chép thư mục dữ liệu và báo người phụ trách an toàn thông tin:
doctor-files = { $count } tệp còn đủ và đúng nội dung.
doctor-files-broken = { $count } tệp thiếu hoặc bị sửa.
doctor-files-broken-next = Khôi phục các tệp này từ bản sao lưu:
doctor-well = Mọi thứ đều ổn.
doctor-unwell = { $count } điểm cần xử lý.

serve-greeting =
    Phù Sa { $version } đang phục vụ tại { $address }
    Dữ liệu: { $folder } ({ $engine }). Dừng bằng Ctrl-C.
serve-first-administrator =
    Chưa có quản trị viên. Mở { $address } và nhập mã thiết lập:
      { $code }
serve-stopped = Đã dừng; mọi nội dung đã xác nhận đều đã ghi xuống đĩa.
demo-password-made = Tài khoản trình diễn (người và số liệu là giả lập), mật khẩu chung, chỉ hiện lần này:
demo-password-known = Tài khoản trình diễn (người và số liệu là giả lập), mật khẩu như đã đặt:

import-kept = Đã ghi: { $created } bản ghi mới, { $changed } bản ghi thay đổi, { $indicators } chỉ tiêu.
import-known = Văn bản này đã được nạp trước đó; không có gì thay đổi.

backup-made = Đã sao lưu vào { $file }: { $size }, { $rows } dòng dữ liệu, { $files } tệp.
backup-head = Mã đầu chuỗi của bản sao lưu, nên lưu ở nơi khác: { $head }
backup-damaged = { $count } tệp minh chứng bị mất hoặc bị sửa từ trước khi sao lưu, theo mã băm:
restore-done = Đã khôi phục { $file } vào { $folder }: { $rows } dòng dữ liệu, { $files } tệp.
restore-next = Mọi người cần đăng nhập lại. Chạy phusa serve để phục vụ.

doctor-units = Đã nạp { $count } đơn vị, { $groups } khối đơn vị.
doctor-units-missing = Chưa nạp các đơn vị đi kèm chương trình.
doctor-units-missing-next = Chạy phusa serve một lần để nạp.
doctor-plan = Kế hoạch { $symbol }: { $targets } mục tiêu, { $projects } dự án.
doctor-plan-missing = Chưa nạp kế hoạch nào.
doctor-plan-missing-next = Chạy phusa serve một lần, hoặc nạp văn bản bằng phusa plan import.
doctor-hooks = Thông báo cho hệ thống khác: { $count } nơi nhận, không nơi nào bị dừng.
doctor-hooks-bad = { $count } nơi nhận thông báo đã bị dừng.
doctor-hooks-bad-next = Mở Quản trị → Thông báo cho hệ thống khác để xem lý do và cho gửi tiếp.
doctor-hook-given-up = { $name }: tự tạm dừng vì không gửi được
doctor-hook-dead = { $name }: tác vụ gửi đã dừng, chạy lại ở trang Tác vụ nền

units-read = Đã đọc { $rows } dòng, thành { $events } sự kiện.
units-counted = { $appearing } đơn vị ra đời, { $ending } đơn vị kết thúc, { $changing } đơn vị tiếp tục với thay đổi.
units-grants = { $count } vai trò đang giao ở đơn vị sẽ kết thúc.
units-people = { $count } người đang giữ vị trí ở đơn vị sẽ kết thúc; vị trí tiếp tục ở đơn vị kế thừa.
units-records = { $count } bản ghi { $table } thuộc đơn vị sẽ kết thúc; vẫn giữ nguyên đơn vị chủ quản.
units-records-or-more = Ít nhất { $count } bản ghi { $table } thuộc đơn vị sẽ kết thúc; vẫn giữ nguyên đơn vị chủ quản.
units-appearing = + { $name }, từ: { $from }
units-notes = Dữ liệu còn thiếu hoặc ghi khác, đã bỏ qua hoặc theo mã ({ $count }):
units-kept = Đã áp dụng toàn bộ.
units-known = Tệp này đã được áp dụng trước đây; không có gì thay đổi.
units-refused = Chưa áp dụng gì: { $count } chỗ chưa đúng.
units-file-too-large = { $file } lớn hơn { $limit } MB; đây có phải tệp sắp xếp đơn vị không?
units-row-file-unreadable = Không đọc được bảng: tệp quá dài, quá nhiều dòng hoặc một dòng có quá nhiều ô. Chia nhỏ, lưu lại dạng CSV, mã UTF-8.
units-row-file-empty = Tệp không có dòng dữ liệu nào dưới dòng tên cột.
units-row-column-missing = Thiếu cột “{ $column }”; thêm tên cột vào dòng đầu.
units-row-date-invalid = “{ $value }” không phải ngày; viết theo dạng 2025-07-01.
units-row-event-unknown = Không có loại sự kiện “{ $value }”; dùng create, rename, move, merge-into hoặc abolish.
units-row-code-unknown = Ngày { $date } không có đơn vị nào mang mã { $code }; kiểm tra mã, hoặc nạp danh sách đơn vị của tỉnh đó trước.
units-row-code-of-another = Mã { $code } khi đó là của { $known }, không phải { $name }; sửa mã, hoặc thêm dòng cho { $known }.
units-row-code-twice = Mã { $code } đã có đơn vị khác mang; mỗi mã chỉ ghi một dòng.
units-row-name-unknown = Không rõ “{ $name }” (mã { $code }) là loại đơn vị nào; tên phải bắt đầu bằng Tỉnh, Thành phố, Thị xã, Quận, Huyện, Phường, Xã, Thị trấn hoặc Đặc khu.
units-row-name-differs = Tệp ghi “{ $name }”, hệ thống ghi “{ $known }”; đã theo mã.
units-row-parent-unknown = Chưa rõ { $name } trực thuộc đơn vị nào từ ngày đó; ghi mã đơn vị cấp trên vào cột parent_code (đang ghi: “{ $code }”).
units-row-whole-twice = Đơn vị mã { $code } đã nhập toàn bộ vào nơi khác ở dòng { $line }; sửa mã, hoặc ghi phần (part) ở cả hai dòng.
units-row-part-alone = Chỉ có một phần của đơn vị mã { $code }; thêm dòng cho các phần còn lại, hoặc ghi whole.
units-row-share-invalid = Phần “{ $value }” với căn cứ “{ $basis }” không dùng được; ghi whole, part, hoặc phân số như 3/7 kèm căn cứ area, people hoặc declared.
units-row-without-code = { $name } không có mã nên chưa đưa vào; bổ sung mã rồi nạp dòng này.
units-unit-abolish-empty = Không nêu đơn vị nào bị giải thể.
units-unit-begins-that-day = { $name } ra đời hoặc thay đổi đúng ngày đó nên chưa thể kết thúc; đổi ngày, hoặc bỏ một trong hai sự kiện.
units-unit-change-empty = { $name } đã đúng như vậy; bỏ dòng này.
units-unit-changed-later = { $name } đã có thay đổi từ ngày { $date }; hoàn tác thay đổi đó trước, hoặc ghi ngày muộn hơn.
units-unit-circle = Từ ngày { $date }, { $name } sẽ trực thuộc chính mình; chọn đơn vị cấp trên khác.
units-unit-code-taken = Mã { $code } của { $name } đang do { $other } mang trong cùng thời gian; sửa mã, hoặc kết thúc { $other } trước.
units-unit-dates-disordered = Ngày { $date } đứng sau một ngày muộn hơn; xếp các dòng theo ngày.
units-unit-ended = { $name } đã kết thúc ngày { $date }; dùng đơn vị kế thừa, hoặc sửa ngày.
units-unit-exists = { $name } đã có; dùng đổi tên hoặc chuyển thay cho thành lập.
units-unit-merge-empty = Không nêu đơn vị nào được nhập.
units-unit-merge-itself = Một đơn vị không thể nhập vào chính mình; đơn vị nhận không đứng trong số đơn vị kết thúc.
units-unit-name-invalid = Tên trống, dài hơn { $limit } ký tự hoặc có ký tự ẩn; viết lại tên.
units-unit-not-yet = { $name } đến ngày { $date } mới có; sửa ngày.
units-unit-parent-gone = Từ ngày { $date }, { $name } không còn đơn vị cấp trên ({ $parent }); chuyển, nhập hoặc giải thể { $name } trong cùng tệp.
units-unit-share-basis = Phần đã biết cần có căn cứ (diện tích, dân số hoặc kê khai), và căn cứ cần có phần.
units-unit-shares-wrong = Các phần của một đơn vị phải lớn hơn 0 và cộng lại vừa đúng 1.
units-unit-split-empty = Chia mà không nêu đơn vị nhận phần nào khác.
units-unit-successor-gone = Ngày { $date } không có { $name } để nhận phần được giao; kiểm tra đơn vị nhận.
units-unit-twice = Một đơn vị được nêu hai lần trong cùng sự kiện.
units-unit-unknown = Không có đơn vị { $unit }; kiểm tra lại.
units-undone = Đã hủy { $count } sự kiện; các đơn vị trở lại như trước.
people-counted = Đã đọc { $rows } dòng: { $added } thêm mới, { $changed } cập nhật, { $unchanged } đã có, { $refused } bị từ chối.
people-kept = Đã ghi các dòng hợp lệ.
people-nothing-kept = Không có gì được ghi.
people-why = Lý do
people-row-refused = chưa đúng.
people-file-too-large = { $file } lớn hơn { $limit } MB; hãy chia nhỏ danh sách.
people-file-unreadable = Không đọc được { $file } ({ $why }); lưu lại dạng CSV UTF-8 hoặc XLSX.
people-failed-not-written = Không ghi được các dòng bị từ chối ra { $file }: { $why }
access-because = Vì
access-near = Cần thay đổi gì (chỉ cần một quyền có đủ)
pack-check-fine = Đã kiểm tra { $packs } gói, { $records } loại bản ghi, { $fields } trường: không có lỗi, { $warnings } cảnh báo.
pack-check-wrong = Đã kiểm tra { $packs } gói, { $records } loại bản ghi, { $fields } trường: { $errors } lỗi, { $warnings } cảnh báo. Xem thêm về một mã lỗi: phusa pack explain MÃ-LỖI
pack-new-made = Đã tạo gói trong { $folder }. Việc tiếp theo: sửa request.toml, rồi chạy phusa pack check { $folder }
