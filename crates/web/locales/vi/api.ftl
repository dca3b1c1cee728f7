# Vì sao một yêu cầu gửi qua API không được thực hiện (problem-…, field-…).

problem-invalid-parameters = Có tham số chưa đúng; từng tham số được nêu trong “errors”.
problem-query-unreadable = Không đọc được các tham số của địa chỉ.
problem-if-match-missing = Hãy gửi kèm If-Match với phiên bản đã đọc (giá trị ETag).
problem-if-match-no-version = If-Match phải là đúng một phiên bản đã đọc, ví dụ "3" trong dấu ngoặc kép.
problem-file-empty = Tệp không có nội dung.
field-not-decimal-text = Phải là số thập phân viết thành chuỗi, ví dụ "24.66".
field-not-a-list = Phải là danh sách.
field-not-an-object = Phải là đối tượng JSON.
field-not-a-digest = Phải là mã SHA-256: 64 chữ số hệ mười sáu, chữ thường.
field-not-changeable = Không đổi được: báo cáo thuộc về một chỉ số, một đơn vị và một kỳ cố định.
field-one-value-only = Chỉ gửi một loại giá trị: tử số và mẫu số, hoặc số lượng, hoặc đã đạt hay chưa.
field-unknown-parameter = Địa chỉ này không có tham số tên “{ $name }”.
field-parameter-twice = Tham số này được gửi nhiều hơn một lần.
field-choice-unknown = Không có trong các giá trị được chọn.
field-not-a-page-mark = Không phải là dấu trang mà danh sách đã đưa ra. Hãy bắt đầu lại từ trang đầu.
