# Một văn bản so với bản đang lưu.

difference-none = So với bản đang lưu: nội dung không có gì khác.
difference-title = So với bản đang lưu:
difference-target = Mục tiêu { $number } – { $how }: { $name }
difference-project = Dự án { $number } – { $how }: { $name }
difference-duty = Nhiệm vụ { $number } – { $how }: { $name }
difference-indicators = Số đo: { $added } mới, { $changed } thay đổi, { $dropped } không còn dùng
difference-finding-new = Điểm chưa khớp mới: { $says }
difference-finding-gone = Điểm chưa khớp không còn: { $says }
difference-added = mới
difference-changed = thay đổi
difference-dropped = không còn trong văn bản
difference-returned = trở lại
difference-unread = không thấy, giữ nguyên vì có dòng không đọc được
