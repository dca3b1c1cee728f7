# Vì sao một yêu cầu không được thực hiện (problem-…), và vì sao một ô chưa đúng (field-…).

problem-not-found = Không có nội dung nào ở địa chỉ này, hoặc nội dung không mở cho người xem này.
problem-method-not-allowed = Địa chỉ này không nhận cách gửi vừa dùng.
problem-internal = Chi tiết đã được ghi lại cho quản trị hệ thống theo số yêu cầu bên dưới.
problem-took-too-long = Yêu cầu mất quá nhiều thời gian nên đã dừng. Có thể nội dung chưa được ghi: hãy tải lại trang và kiểm tra trước khi gửi lại.
problem-sign-in-needed = Cần đăng nhập để xem hoặc thực hiện việc này.
problem-form-expired = Biểu mẫu đã hết hạn hoặc không được gửi từ trang này. Tải lại trang, kiểm tra nội dung rồi gửi lại.
problem-form-unreadable = Không đọc được biểu mẫu vừa gửi.
problem-form-not-utf8 = Biểu mẫu có ký tự không đúng bảng mã UTF-8.
problem-form-media-type = Biểu mẫu được gửi theo định dạng mà địa chỉ này không nhận.
problem-form-too-many-fields = Biểu mẫu có quá nhiều ô.
problem-form-unknown-field = Biểu mẫu có ô “{ $field }” mà hệ thống không dùng. Không có gì được ghi.
problem-form-missing-field = Biểu mẫu thiếu ô “{ $field }”.
problem-form-doubled-field = Biểu mẫu có ô “{ $field }” nhiều hơn một lần.
problem-field-too-long = Nội dung của ô “{ $field }” quá dài.
problem-body-too-large = Nội dung gửi lên vượt quá dung lượng cho phép.
problem-choice-unknown = Giá trị của ô “{ $field }” không có trong danh sách chọn.
problem-file-too-large = Tệp lớn hơn { $bytes }, là mức cho phép.
problem-file-missing = Một tệp đính kèm không còn trong kho. Hãy tải tệp đó lên lại.
problem-stale-version = Nội dung đã được người khác sửa từ lúc mở trang.
problem-duplicate = Đã có một mục khác mang giá trị này.
problem-key-reused = Khóa chống gửi trùng này đã dùng cho một yêu cầu khác.
problem-contended = Nhiều người đang sửa cùng một nội dung. Không có gì được ghi; hãy gửi lại.
problem-storage-full = Kho dữ liệu đã đầy. Không có gì được ghi. Xin báo ngay cho quản trị hệ thống.
problem-storage-unavailable = Hiện không kết nối được cơ sở dữ liệu. Chưa rõ nội dung vừa gửi đã được ghi hay chưa; khi kết nối lại, gửi lại cùng biểu mẫu không tạo bản ghi trùng.
field-wrong = Nội dung chưa đúng.
