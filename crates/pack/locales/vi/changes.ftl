# Việc sửa một gói làm gì với các bản ghi đang có.

effect-added = thêm
effect-widened = nới rộng
effect-narrowed = thu hẹp
effect-renamed = đổi tên
effect-lost = mất
change-records = Số bản ghi liên quan: { $count }.
change-refused = Chưa áp dụng được. { $advice }
change-record-added = Thêm loại bản ghi «{ $record }»
    .data = Chưa có bản ghi nào.
change-record-removed = Bỏ loại bản ghi «{ $record }»
    .data = Các bản ghi loại này sẽ không còn mở ra được.
    .do = Giữ tệp của loại bản ghi này; nếu không muốn nhập mới nữa thì bỏ "create" trong [[grant]].
change-series-added = «{ $record }» được đánh số
    .data = Bản ghi đang có chưa có số; số được cấp cho bản ghi mới, hoặc ở bước đã khai.
change-series-removed = «{ $record }» không còn được đánh số
    .data = Số đã cấp sẽ không còn hiện ra.
    .do = Giữ khóa code trong [record].
change-field-added = «{ $record }»: thêm trường «{ $field }»
    .data = Bản ghi đang có để trống trường này.
change-field-filled = «{ $record }»: trường «{ $field }» được điền cho bản ghi còn thiếu
    .data = Bản ghi còn trống trường này nhận giá trị ghi ở filled trong [migration].
change-field-needed = «{ $record }»: thêm trường bắt buộc «{ $field }»
    .data = Bản ghi đang có đều thiếu trường này.
    .do = Ghi giá trị cho chúng: [migration] filled = { "{" } { $field } = "biểu thức" { "}" }; hoặc bỏ required.
change-field-removed = «{ $record }»: bỏ trường «{ $field }»
    .data = Dữ liệu ở trường này sẽ không còn hiện ra.
    .do = Nếu trường chỉ đổi tên, ghi [migration] renamed = { "{" } { $field } = "tên_mới" { "}" }; nếu thật sự bỏ dữ liệu, ghi dropped = ["{ $field }"].
change-column-removed = «{ $record }»: bỏ cột «{ $field }» của bảng con
    .data = Dữ liệu ở cột này sẽ không còn hiện ra.
    .do = Giữ cột này; có thể thêm when = "false" để không hỏi nữa sau khi đã chuyển dữ liệu đi.
change-field-dropped = «{ $record }»: bỏ hẳn dữ liệu của trường «{ $field }»
    .data = Bản ghi có phiên bản mới không còn trường này; các phiên bản trước vẫn giữ.
change-field-renamed = «{ $record }»: trường «{ $from }» đổi tên thành «{ $to }»
    .data = Bản ghi có phiên bản mới mang dữ liệu dưới tên mới.
change-renamed-twice = «{ $record }»: hai trường cũ cùng đổi tên thành «{ $to }»
    .data = Bản ghi nào có cả hai trường sẽ mất một giá trị.
    .do = Cho mỗi trường cũ một trường mới; trường nào bỏ thì ghi vào dropped.
change-renamed-onto = «{ $record }»: «{ $from }» đổi tên thành «{ $to }», nhưng «{ $to }» vốn đã có
    .data = Dữ liệu sẵn có ở «{ $to }» sẽ bị ghi đè.
    .do = Chọn tên mới chưa dùng cho «{ $from }».
change-type-changed = «{ $record }»: trường «{ $field }» đổi loại từ { $from } thành { $to }
    .data = Giá trị đang có không đọc được theo loại mới.
    .do = Giữ trường cũ và thêm trường mới với tên khác; nếu bỏ dữ liệu cũ thì đổi tên trường mới rồi ghi trường cũ vào dropped.
change-type-widened = «{ $record }»: trường «{ $field }» đổi loại từ { $from } thành { $to }
    .data = Giá trị đang có giữ nguyên và vẫn đúng.
change-field-required = «{ $record }»: trường «{ $field }» trở thành bắt buộc
    .data = Bản ghi còn trống trường này không còn hợp lệ.
    .do = Ghi giá trị cho chúng: [migration] filled = { "{" } { $field } = "biểu thức" { "}" }; hoặc dùng required_when, hoặc needs của bước.
change-required-when = «{ $record }»: trường «{ $field }» bắt buộc trong thêm trường hợp
    .data = Bản ghi còn thiếu giữ nguyên; lần sửa sau phải điền.
change-field-optional = «{ $record }»: trường «{ $field }» không còn bắt buộc
    .data = Bản ghi đang có giữ nguyên.
change-field-narrowed = «{ $record }»: trường «{ $field }» chặt hơn: { $key } từ { $from } thành { $to }
    .data = Giá trị không còn vừa vẫn giữ nguyên; lần sửa sau phải chữa lại.
change-field-widened = «{ $record }»: trường «{ $field }» rộng hơn: { $key } từ { $from } thành { $to }
    .data = Bản ghi đang có giữ nguyên.
change-field-unique = «{ $record }»: trường «{ $field }» không được trùng
    .data = Bản ghi đang có chưa được so với nhau.
    .do = Dùng [[duplicate]] với same = ["{ $field }"] và action = "refuse" thay cho unique.
change-field-computed = «{ $record }»: trường «{ $field }» được tính thay cho nhập tay
    .data = Giá trị đã nhập giữ đến lần sửa sau, rồi được thay bằng giá trị tính.
change-field-asked = «{ $record }»: trường «{ $field }» chỉ còn hỏi khi thỏa điều kiện khác
    .data = Giá trị không còn được hỏi giữ đến lần sửa sau, rồi được để trống.
change-state-added = «{ $record }»: thêm trạng thái «{ $state }»
    .data = Bản ghi đang có giữ nguyên.
change-state-removed = «{ $record }»: bỏ trạng thái «{ $state }»
    .data = Bản ghi ở trạng thái này sẽ không có bước nào để đi tiếp.
    .do = Ghi nơi chúng chuyển đến: [[migration.state]] from = "{ $state }", to = "trạng thái mới".
change-state-moved = «{ $record }»: trạng thái «{ $from }» thành «{ $to }»
    .data = Bản ghi ở trạng thái cũ có phiên bản mới ở trạng thái mới; việc đang chờ được giao lại.
change-step-removed = «{ $record }»: bỏ bước «{ $step }»
    .data = Bản ghi giữ nguyên trạng thái; bước này không còn thực hiện được.
change-retention-set = «{ $record }»: bản ghi ở trạng thái «{ $after }» được lưu { $amount } { $unit ->
    [working-hours] giờ làm việc
    [working-days] ngày làm việc
    [days] ngày
    [weeks] tuần
    [months] tháng
   *[years] năm
}, rồi { $then ->
    [archive] đưa vào lưu trữ
    [erase] xóa hẳn
   *[erase-personal] xóa dữ liệu cá nhân
}
    .data = Bản ghi đã hết thời hạn không bị đụng đến ngay: đợt đầu chờ người quản trị xác nhận ở trang «Thời hạn lưu trữ».
change-retention-ended = «{ $record }»: không còn thời hạn lưu trữ
    .data = Bản ghi đang có được lưu mãi; những gì đã xóa không lấy lại được.
change-codes-added = Danh mục «{ $list }»: thêm mã { $codes }
    .data = Bản ghi đang có giữ nguyên.
change-codes-removed = «{ $record }»: danh mục «{ $list }» của trường «{ $field }» bỏ mã { $codes }
    .data = Bản ghi mang mã này sẽ hiện mã không có tên.
    .do = Giữ dòng của mã và ghi valid_to là ngày cuối cùng được chọn.
change-codes-ended = «{ $record }»: mã { $codes } của trường «{ $field }» hết hiệu lực sớm hơn
    .data = Bản ghi đang mang mã này giữ nguyên; sau ngày đó không chọn được nữa.
