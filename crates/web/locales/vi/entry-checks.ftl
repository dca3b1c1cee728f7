# Kiểm tra khi nhập số liệu: điều bất thường và lời giải trình.

entry-checks-title = Điểm bất thường và giải trình
entry-checks-lead = Số liệu khác thường không bị từ chối: sửa lại nếu nhập nhầm, hoặc giải trình nếu đúng như vậy. Lời giải trình được gửi kèm báo cáo.
entry-checks-count = { $count } điểm bất thường
entry-explain = Giải trình
entry-explain-again = Số liệu đã đổi từ khi viết lời này. Xem lại rồi gửi để xác nhận.
entry-explain-needed = Viết giải trình, ít nhất { $letters } chữ cái, hoặc sửa số liệu.
entry-explain-next = Giải trình ngay dưới đó, hoặc sửa số liệu.
entry-unexplained = Chưa giải trình.

entry-against-before = kỳ trước
entry-against-own = mức thường thấy của đơn vị
entry-against-others = mức thường thấy của các đơn vị khác
entry-against-baseline = số năm trước
entry-against-goal = mục tiêu

problem-findings-unexplained = Số liệu có điểm bất thường chưa được giải trình.

field-entry-not-whole = { $value } có phần lẻ, trong khi thứ được đếm là số nguyên.
field-entry-magnitude-above = { $value } gấp khoảng { $times } lần { $against } ({ $reference }). Có thể nhầm đơn vị tính hoặc thừa chữ số; nếu vậy, số đúng khoảng { $likely }.
field-entry-magnitude-below = { $value } chỉ bằng khoảng một phần { $times } của { $against } ({ $reference }). Có thể nhầm đơn vị tính hoặc thiếu chữ số; nếu vậy, số đúng khoảng { $likely }.
field-entry-money-unit = { $value } gấp khoảng { $times } lần { $against } ({ $reference }). Có thể đã nhập theo { $money }, trong khi đơn vị tính là { $unit }; nếu vậy, số đúng khoảng { $likely }.
field-entry-undone = { $period } đã báo hoàn thành, nay lại báo chưa.
field-entry-fell = Số lũy kế giảm từ { $before } ({ $period }) xuống { $value }.
field-entry-fell-share = Tử số lũy kế giảm từ { $part-before } ({ $period }) xuống { $part }.
field-entry-denominator-moved = Mẫu số đổi từ { $whole-before } ({ $period }) thành { $whole }.
field-entry-jumped = { $value } cao hơn hẳn mức kỳ trước dẫn tới: { $period } là { $before }, tính theo thời gian thì nay khoảng { $expected }.
field-entry-moved = { $value } lệch { $points } điểm phần trăm so với { $period } ({ $before }).
field-entry-behind-baseline = { $value } kém hơn năm { $year } ({ $baseline }).
field-entry-behind-baseline-undated = { $value } kém hơn năm trước ({ $baseline }).
field-entry-above-baseline = { $value } gấp nhiều lần cả năm { $year } ({ $baseline }).
field-entry-above-baseline-undated = { $value } gấp nhiều lần cả năm trước ({ $baseline }).
field-entry-own-outlier = { $value } khác hẳn { $units } kỳ trước của đơn vị: thường quanh { $median }, từ { $low } đến { $high }.
field-entry-other-units = { $value } khác hẳn { $units } đơn vị khác trong kỳ: thường quanh { $median }, từ { $low } đến { $high }.
