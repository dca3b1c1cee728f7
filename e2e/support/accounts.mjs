// The demonstration accounts of `phusa serve --demo` that the suites sign in with.

export const DEMO_PASSWORD = "phù-sa-thử-nghiệm-2023";

export const officer = { login: "canbo.snv", name: "Nguyễn Thị Bích Ngọc (giả lập)", unit: "Sở Nội vụ" };
export const head = { login: "lanhdao.snv", name: "Trần Văn Phước (giả lập)", unit: "Sở Nội vụ" };
export const coordinator = { login: "dieuphoi.sttt", name: "Đặng Thị Kim Loan (giả lập)" };
export const publisher = { login: "canbo.sttt", name: "Võ Minh Khang (giả lập)" };
export const signer = { login: "lanhdao.sttt", name: "Huỳnh Quốc Dũng (giả lập)" };
export const leader = { login: "lanhdaotinh" };
export const grower = { login: "nongnghiep.xa", name: "Lý Thị Sáu (giả lập)" };
export const chairman = { login: "chutich.tinh" };
export const keeper = { login: "quantri.sct", name: "Nguyễn Thị Thanh Tâm (giả lập)", unit: "Sở Công Thương" };
export const otherKeeper = { login: "vanphong.xa", unit: "Xã Phú Quới" };
export const administrator = { login: "quantri" };
