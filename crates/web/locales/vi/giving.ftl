# Không ai giao được quyền lớn hơn quyền mình có; dữ liệu cá nhân bị che.

problem-gives-more-than-held = Vai trò này, ở đơn vị này, cho phép làm những việc mà bản thân bạn chưa được làm. Chọn vai trò hoặc đơn vị hẹp hơn, hoặc nhờ Quản trị hệ thống giao.
problem-gives-longer-than-held = Quyền của bạn hết hạn sớm hơn thời hạn bạn đang giao. Đặt ngày kết thúc không muộn hơn ngày bạn thôi giữ quyền, hoặc nhờ Quản trị hệ thống giao.
problem-account-above = Người này đang giữ, hoặc sắp giữ, quyền mà bạn không có, nên bạn không sửa được tài khoản, không đặt lại mật khẩu và không cho thôi việc được. Nhờ Quản trị hệ thống làm việc này.
problem-position-above = Vị trí hoặc uỷ quyền này mang vai trò mà bạn không có quyền giao, nên bạn cũng không thu lại được. Nhờ Quản trị hệ thống làm việc này.
problem-role-above = Vai trò này cho phép làm những việc mà bạn chưa được làm ở mọi đơn vị, nên bạn không sửa được nó. Nhờ Quản trị hệ thống sửa.
problem-role-raises-itself = Bạn đang giữ vai trò này: sửa như vậy là tự nâng quyền cho mình. Bỏ những việc mà hiện bạn chưa được làm ở mọi đơn vị, hoặc nhờ Quản trị hệ thống sửa.
problem-role-gives-more = Quyền này cho phép làm những việc mà bản thân bạn chưa được làm ở mọi đơn vị. Bỏ bớt việc, hoặc nhờ Quản trị hệ thống lập vai trò.
personal-hidden = Đang che
personal-hidden-hint = Nội dung hiện có đang che với bạn. Để trống là giữ nguyên; nhập mới thì thay thế.
personal-sessions = Nơi và thiết bị đăng nhập
right-kind-person = cán bộ
role-holding = { $count } người đang giữ vai trò này hôm nay, xếp theo tên.
problem-role-reach-unit = Việc thiết lập vai trò không thuộc riêng đơn vị nào: chọn phạm vi “mọi đơn vị” hoặc “của chính mình”.
