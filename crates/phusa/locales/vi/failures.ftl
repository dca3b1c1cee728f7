# Vì sao một lệnh không làm được việc được giao, và nên làm gì.

failure-runtime = Không khởi động được: { $why }
failure-random = Hệ điều hành không cho số ngẫu nhiên ({ $why }); không thể tạo mã an toàn nên chương trình dừng lại.
failure-output = Không in ra được: { $why }
failure-setting-unreadable = Biến môi trường { $name } không phải là chữ UTF-8; đặt lại giá trị rồi chạy lại.
failure-no-store = Trong { $folder } chưa có dữ liệu của Phù Sa. Đặt PHUSA_DATA là thư mục dữ liệu, hoặc chạy phusa serve để tạo mới.
failure-data-not-writable = Không ghi được vào thư mục dữ liệu { $folder }: { $why }. Cấp quyền ghi cho người dùng chạy chương trình, hoặc đặt PHUSA_DATA là thư mục khác.
failure-store = Cơ sở dữ liệu từ chối: { $why }
failure-store-full = Hết chỗ trên đĩa, chưa có gì được ghi ({ $why }). Dọn bớt hoặc mở rộng đĩa rồi chạy lại.
failure-store-unavailable = Không kết nối được cơ sở dữ liệu ({ $why }). Kiểm tra PHUSA_DATABASE_URL và máy chủ PostgreSQL rồi chạy lại.
failure-store-contended = Có nơi khác đang ghi cùng dữ liệu ({ $why }); chạy lại sau ít giây.
failure-store-corrupt = Dữ liệu mâu thuẫn với chính nó ({ $why }). Chạy phusa audit verify và giữ nguyên hiện trạng.
failure-store-file = Không đọc hoặc ghi được tệp: { $why }
failure-head-unreadable = Không đọc được mã đầu chuỗi trong { $file }: { $why }. Tệp này phải do phusa audit head in ra.
failure-file-unreadable = Không đọc được { $file }: { $why }. Kiểm tra tên tệp và quyền đọc.
failure-file-too-large = { $file } lớn hơn { $limit } MB; đây có phải toàn văn quyết định không?
failure-file-not-utf8 = { $file } không phải văn bản UTF-8. Mở bằng trình soạn thảo và lưu lại dạng văn bản thuần, mã UTF-8.
failure-decision-unreadable = { $file } không đọc được thành quyết định ban hành kế hoạch: { $why }
failure-refused = Bị từ chối: { $why }
failure-setting-not-yes-or-no = Biến môi trường { $name } là “{ $value }”; chỉ dùng 1 (có) hoặc 0 (không).
failure-account-unknown = Không có tài khoản “{ $login }”. Kiểm tra tên đăng nhập; quản trị viên tạo tài khoản trên trang quản trị.
failure-port-taken = Địa chỉ { $address } đang có chương trình khác dùng. Dừng chương trình đó, hoặc đặt PHUSA_LISTEN là địa chỉ khác, ví dụ 127.0.0.1:8081.
failure-port-forbidden = Không được phép dùng địa chỉ { $address } ({ $why }). Chọn cổng từ 1024 trở lên bằng PHUSA_LISTEN.
failure-address = Không phục vụ được tại { $address }: { $why }. PHUSA_LISTEN phải là địa chỉ của máy này kèm cổng, ví dụ 127.0.0.1:8080.
failure-serving = Ngừng phục vụ vì lỗi: { $why }
