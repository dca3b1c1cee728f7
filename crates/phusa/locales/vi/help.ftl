# Trợ giúp dòng lệnh, và những câu nói khi dòng lệnh chưa đúng.

help-usage = Cách dùng:
help-commands = Lệnh
help-arguments = Tham số
help-options = Tùy chọn
help-command-name = LỆNH
help-file-name = TỆP
help-name-name = TÊN
help-text-name = CHỮ
help-help = Hiện trợ giúp này
help-version = Hiện phiên bản
help-lang = Ngôn ngữ: vi (tiếng Việt) hoặc en (tiếng Anh); nếu không có thì theo LC_ALL, LANG
help-environment =
    Biến môi trường:
      PHUSA_LISTEN         địa chỉ và cổng phục vụ (mặc định 127.0.0.1:8080)
      PHUSA_DATA           thư mục dữ liệu (mặc định ./phusa-data)
      PHUSA_DATABASE_URL   kết nối PostgreSQL; không đặt thì dùng SQLite trong thư mục dữ liệu
      PHUSA_DEMO_PASSWORD  mật khẩu của tài khoản trình diễn (serve --demo)
      PHUSA_BEHIND_TLS     1 nếu phía trước là máy chủ trung gian có TLS
      PHUSA_METRICS_TOKEN  mã để máy khác đọc /metrics
      PHUSA_PUBLIC_URL     địa chỉ mà người dùng mở hệ thống, để viết liên kết trong thư
      PHUSA_PACKS          thư mục gói chạy thay cho các gói đi kèm
      PHUSA_MAPS           tệp dữ liệu bản đồ (lưới VN-2000, phạm vi tỉnh) thay cho tệp đi kèm
      PHUSA_SMTP_URL       máy chủ gửi thư, ví dụ smtps://tên:mật-khẩu@máy-chủ; không đặt thì không gửi thư
      PHUSA_MAIL_FROM      người gửi của thư, ví dụ Phù Sa <phusa@vinhlong.gov.vn>
      PHUSA_WEBHOOK_ALLOW  máy chủ và mạng nội bộ được phép nhận thông báo, ví dụ lgsp.noibo,10.1.0.0/16
      PHUSA_WEBHOOK_HTTP   1 nếu cho phép gửi thông báo qua http trong mạng nội bộ
      PHUSA_WEBHOOK_CA     tệp chứng thư số (PEM) được tin cậy khi gửi thông báo
      PHUSA_WEBHOOK_KEY    khóa gốc (64 chữ số thập lục phân) sinh ra các khóa ký; không đặt thì giữ trong thư mục dữ liệu
      PHUSA_LOG            mức nhật ký, ví dụ info hoặc debug,store=trace

    Mã kết thúc: 0 là xong, 1 là bị từ chối hoặc thất bại, 2 là dòng lệnh chưa đúng.

help-phusa = Phù Sa: chính quyền số của một tỉnh trong một chương trình
help-serve = Phục vụ các trang và API cho đến khi được yêu cầu dừng
help-serve-demo = Tạo tài khoản trình diễn cho từng vai trò, đánh dấu là giả lập
help-token = Mã truy cập cho chương trình khác
help-token-create = Tạo mã truy cập API cho một tài khoản; chỉ in mã, và chỉ in lần này
help-token-create-account = Tên đăng nhập của tài khoản
help-token-create-label = Mã này dùng vào việc gì
help-token-create-scope = Mã này làm được gì: read hoặc write, kèm phần của API nếu cần giới hạn, ví dụ read:plan,units (plan, reports, tasks, units); nếu không có thì như tài khoản
help-token-create-expires = Mã dùng được trong bao nhiêu ngày, từ 1 đến 366 (mặc định 90)
help-days-name = NGÀY
help-plan = Kế hoạch của tỉnh
help-plan-import = Đọc quyết định ban hành kế hoạch, nêu những điểm chưa khớp và ghi vào hệ thống
help-plan-import-file = Toàn văn quyết định kèm phụ lục: DOCX, XLSX, HTML hoặc văn bản thuần (bảng mã thường dùng nào cũng được, các ô của bảng cách nhau bằng tab); dấu - là đọc từ đầu vào chuẩn
help-plan-import-dry-run = Chỉ đọc và đối chiếu, không ghi gì vào hệ thống
help-import-json = In kết quả dạng JSON cho chương trình khác đọc
help-units = Các đơn vị qua thời gian
help-units-import = Đọc tệp sắp xếp đơn vị (thành lập, đổi tên, nhập, chia, giải thể), nêu rõ những gì sẽ thay đổi rồi áp dụng toàn bộ hoặc không áp dụng gì
help-units-import-file = Tệp CSV, mã UTF-8; các cột ghi trong data/units/README.md
help-units-import-dry-run = Chỉ đọc, đối chiếu và nêu những gì sẽ thay đổi; không ghi gì vào hệ thống
help-audit = Nhật ký kiểm toán
help-audit-verify = Đối chiếu toàn bộ dữ liệu với chuỗi kiểm toán, nêu chỗ bị sửa
help-audit-verify-head = Mã đầu chuỗi đã lưu ở nơi khác (do audit head in ra): phát hiện cả việc cắt bỏ đoạn cuối
help-audit-head = Niêm phong và in mã đầu chuỗi, để lưu ở nơi khác
help-backup = Sao lưu toàn bộ dữ liệu và tệp vào một tệp, trong khi vẫn phục vụ
help-backup-file = Tệp sao lưu sẽ ghi
help-restore = Khôi phục bản sao lưu vào thư mục dữ liệu trống, rồi kiểm tra lại toàn bộ
help-restore-file = Tệp do phusa backup ghi
help-doctor = Kiểm tra thư mục dữ liệu, đĩa, cơ sở dữ liệu, đồng hồ, chuỗi kiểm toán, tệp

usage-unknown-command = Không có lệnh “{ $about }”.
usage-unknown-argument = Không có tham số “{ $about }” ở lệnh này.
usage-missing = Thiếu { $about }.
usage-twice = { $about } chỉ dùng một lần, hoặc không dùng cùng tham số khác trên dòng lệnh.
usage-no-value = { $about } cần một giá trị ({ $allowed }).
usage-wrong-value = “{ $value }” không phải là giá trị của { $about }; có thể dùng: { $allowed }.
usage-not-understood = Dòng lệnh chưa đúng.
usage-see-help = Thêm --help vào sau lệnh để xem cách dùng.
help-date-name = NGÀY
help-id-name = MÃ
help-units-tree = In cây đơn vị của một ngày
help-units-tree-on = Ngày cần xem, dạng 2025-07-01; nếu không ghi là hôm nay
help-units-undo = Hủy một đợt sắp xếp đơn vị, hoặc một sự kiện, nếu chưa có sự kiện nào về sau dựa vào
help-units-undo-event = Mã của đợt sắp xếp hoặc của sự kiện
help-people = Cán bộ, vị trí công tác và uỷ quyền
help-people-import = Nhập danh sách cán bộ kèm vị trí công tác, báo kết quả từng dòng
help-people-import-file = Tệp CSV (UTF-8) hoặc XLSX; dòng đầu là tên cột, ví dụ Họ và tên, Đơn vị, Chức danh, Vai trò, Từ ngày
help-people-import-dry-run = Chỉ đọc và báo kết quả từng dòng; không ghi gì vào hệ thống
help-people-import-all-or-nothing = Có một dòng chưa đúng thì không ghi dòng nào
help-people-import-failed = Ghi các dòng bị từ chối ra tệp CSV này, đúng các cột đã nhập và thêm cột lý do
help-access = Vai trò và quyền
help-access-explain = Giải thích vì sao một tài khoản được hay không được làm một việc với một hồ sơ, và cần thay đổi gì
help-access-explain-actor = Tên đăng nhập của tài khoản
help-access-explain-verb = Việc: read, draft, submit, approve, send_back, consolidate, comment, configure, operate, audit
help-access-explain-record = Mã định danh của hồ sơ, có trong địa chỉ trang của hồ sơ
help-access-explain-on = Ngày cần xét, dạng 2025-07-01; nếu không ghi là hôm nay
help-folder-name = THƯ-MỤC
help-code-name = MÃ-LỖI
help-pack = Gói: hệ thống khai báo trong một thư mục
help-pack-check = Kiểm tra gói: nêu mọi lỗi một lượt, kèm tệp, dòng, cột, ý có lẽ muốn viết và cách sửa
help-pack-check-folders = Thư mục của gói, hoặc thư mục chứa nhiều gói; các gói cần nhau phải được kiểm tra cùng lúc
help-pack-explain = Giải thích một mã lỗi, kèm ví dụ sai và đúng
help-pack-explain-code = Mã lỗi, ví dụ P0102
help-pack-new = Tạo gói nhỏ để bắt đầu; gói này kiểm tra được ngay
help-pack-new-folder = Thư mục sẽ tạo; tên thư mục là id của gói
help-pack-schema = In JSON Schema của tệp khai báo, để trình soạn thảo gợi ý khóa
help-pack-schema-kind = Loại tệp: pack (pack.toml) hoặc record (loại bản ghi)
