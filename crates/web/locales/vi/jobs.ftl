# Background jobs by kind.

job-notify = Báo cho người gửi báo cáo
job-other = Tác vụ loại “{ $kind }”
job-notify-failed = Người gửi báo cáo chưa nhận được thông báo về kết quả xử lý. Báo cáo không bị ảnh hưởng; hãy chạy lại.
job-other-failed = Tác vụ chưa làm được. Nếu phiên bản chương trình vừa thay đổi thì dùng phiên bản mới nhất rồi chạy lại.
jobs-error-recorded = Lỗi chương trình đã ghi
