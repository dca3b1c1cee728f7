// The demonstration accounts of `phusa serve --demo` that the story needs.

export const DEMO_PASSWORD = "phù-sa-thử-nghiệm-2023";

export const officer = { login: "canbo.snv", unit: "Sở Nội vụ" };
export const head = { login: "lanhdao.snv", unit: "Sở Nội vụ" };
export const coordinator = { login: "dieuphoi.stttt", unit: "Sở Thông tin và Truyền thông" };
