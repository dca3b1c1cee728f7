# Những gì các lệnh in ra.

import-read = Quyết định số { $symbol } ngày { $date }
import-counted = { $targets } mục tiêu, { $projects } dự án, { $findings } điểm chưa khớp
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
audit-leaf-altered = Mục kiểm toán bị sửa
audit-segment-altered = Đoạn niêm phong bị sửa
audit-chain-broken = Chuỗi bị đứt
audit-tail-cut = Đoạn cuối bị cắt
audit-version-altered = Phiên bản bị sửa
audit-version-missing = Thiếu phiên bản
audit-version-unaudited = Phiên bản không có mục kiểm toán
audit-head-altered = Bản ghi hiện hành bị sửa
audit-head-missing = Thiếu bản ghi hiện hành
audit-file-altered = Tệp bị sửa
audit-file-missing = Thiếu tệp

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
