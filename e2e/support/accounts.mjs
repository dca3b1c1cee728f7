// The demonstration accounts of `phusa serve --demo` that the suites sign in with.

export const DEMO_PASSWORD = "phù-sa-thử-nghiệm-2023";

export const officer = { login: "canbo.snv", unit: "Sở Nội vụ" };
export const head = { login: "lanhdao.snv", unit: "Sở Nội vụ" };
export const coordinator = { login: "dieuphoi.sttt", unit: "Sở Thông tin và Truyền thông" };
export const leader = { login: "lanhdaotinh", unit: "UBND tỉnh Vĩnh Long" };
export const administrator = { login: "quantri", unit: "UBND tỉnh Vĩnh Long" };
