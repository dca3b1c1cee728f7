# Các cách xem hồ sơ khác danh sách và bản đồ: bảng theo cột, biểu đồ, lịch.

look-all = Xem tất cả
look-more = và { $count } hồ sơ khác
look-nothing-said = Chưa ghi
look-board-empty = Không có hồ sơ
look-cut = Chỉ hiện { $count } giá trị có nhiều hồ sơ nhất; hãy lọc bớt để thấy các giá trị khác.
look-author = Người lập
look-count = Số hồ sơ
look-share = Tỷ lệ
look-total = Tổng cộng
look-file = Tải số liệu (CSV)
look-month = Tháng { $month }
look-month-pick = Tháng
look-month-before = Tháng trước
look-month-after = Tháng sau
look-month-empty = Tháng này không có hồ sơ nào.
look-month-cut = Tháng này có nhiều hơn { $count } hồ sơ; hãy lọc bớt để thấy đủ.
look-through = Kéo dài qua cả tháng
look-weekday-1 = Thứ Hai
look-weekday-2 = Thứ Ba
look-weekday-3 = Thứ Tư
look-weekday-4 = Thứ Năm
look-weekday-5 = Thứ Sáu
look-weekday-6 = Thứ Bảy
look-weekday-7 = Chủ Nhật
