//! Who is made up: at least one for each role.

use directory::{Reading, Role, UnitTree};
use vocab::Id;

/// Somebody made up.
pub(super) struct Person {
    pub login: &'static str,
    pub name: &'static str,
    /// The code of their role.
    role: &'static str,
    /// The body's name in the decision, or a commune's code; none for the province itself.
    body: Option<&'static str>,
    /// Roles of packs that they hold there besides.
    pub also: &'static [&'static str],
}

/// A commune by its code, and its name.
const COMMUNE: Option<&str> = Some("29611");
const COMMUNE_NAME: &str = "Xã Phú Quới";
const PROVINCE: &str = "UBND tỉnh Vĩnh Long";
const HOME_AFFAIRS: Option<&str> = Some("Sở Nội vụ");
const INDUSTRY_AND_TRADE: Option<&str> = Some("Sở Công Thương");
const INFORMATION: Option<&str> = Some("Sở Thông tin và Truyền thông");

pub(super) const PEOPLE: [Person; 16] = [
    Person::new(
        "canbo.snv",
        "Nguyễn Thị Bích Ngọc (giả lập)",
        "officer",
        HOME_AFFAIRS,
    )
    .with(&["equipment.keeper", "security.operator"]),
    Person::new(
        "lanhdao.snv",
        "Trần Văn Phước (giả lập)",
        "head",
        HOME_AFFAIRS,
    )
    .with(&["equipment.head"]),
    Person::new(
        "canbo.sct",
        "Lê Hoàng Nam (giả lập)",
        "officer",
        INDUSTRY_AND_TRADE,
    )
    .with(&["security.operator"]),
    Person::new(
        "lanhdao.sct",
        "Phạm Thị Thu Hà (giả lập)",
        "head",
        INDUSTRY_AND_TRADE,
    ),
    Person::new(
        "quantri.sct",
        "Nguyễn Thị Thanh Tâm (giả lập)",
        "unit_administrator",
        INDUSTRY_AND_TRADE,
    ),
    Person::new(
        "canbo.sttt",
        "Võ Minh Khang (giả lập)",
        "officer",
        INFORMATION,
    )
    .with(&["security.specialist"]),
    Person::new(
        "lanhdao.sttt",
        "Huỳnh Quốc Dũng (giả lập)",
        "head",
        INFORMATION,
    )
    .with(&["security.head"]),
    Person::new(
        "dieuphoi.sttt",
        "Đặng Thị Kim Loan (giả lập)",
        "coordinator",
        INFORMATION,
    ),
    Person::new("lanhdaotinh", "Mai Hữu Lộc (giả lập)", "viewer", None).with(&["security.owner"]),
    Person::new("chutich.tinh", "Lâm Quang Vinh (giả lập)", "head", None),
    Person::new("quantri", "Dương Gia Bảo (giả lập)", "administrator", None),
    Person::new("nongnghiep.xa", "Lý Thị Sáu (giả lập)", "officer", COMMUNE)
        .with(&["agri.officer"]),
    Person::new(
        "vanphong.xa",
        "Trịnh Văn Sơn (giả lập)",
        "unit_administrator",
        COMMUNE,
    ),
    Person::new("kiemtra.vungtrong", "Bùi Văn Tám (giả lập)", "viewer", None)
        .with(&["agri.inspector"]),
    Person::new("duyet.vungtrong", "Ngô Thị Chín (giả lập)", "viewer", None)
        .with(&["agri.approver"]),
    Person::new("chicuc.bvtv", "Đỗ Văn Mười (giả lập)", "viewer", None).with(&["agri.head"]),
];

impl Person {
    const fn new(
        login: &'static str,
        name: &'static str,
        role: &'static str,
        body: Option<&'static str>,
    ) -> Self {
        Self {
            login,
            name,
            role,
            body,
            also: &[],
        }
    }

    const fn with(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }

    /// The role that the account is there to show.
    pub(super) fn role(&self) -> Role {
        Role::coded(self.role).unwrap_or(Role::Viewer)
    }

    /// All the roles that they hold.
    pub(super) fn roles(&self) -> Vec<Role> {
        let also = self.also.iter().filter_map(|code| Role::coded(code));
        std::iter::once(self.role()).chain(also).collect()
    }

    /// The title of the position, as official papers have it.
    pub(super) fn title(&self) -> &'static str {
        match self.role {
            "unit_administrator" if self.body == COMMUNE => "Công chức Văn phòng - Thống kê",
            "viewer" => "Lãnh đạo UBND tỉnh",
            "head" => "Lãnh đạo đơn vị",
            "unit_administrator" => "Chánh Văn phòng",
            "administrator" => "Quản trị viên",
            _ => "Chuyên viên",
        }
    }

    pub(super) fn unit_name(&self) -> &'static str {
        match self.body {
            COMMUNE => COMMUNE_NAME,
            body => body.unwrap_or(PROVINCE),
        }
    }

    pub(super) fn unit(&self, tree: &UnitTree) -> Option<Id> {
        match self.body {
            None => Some(directory::province()),
            Some(code) if code.bytes().all(|byte| byte.is_ascii_digit()) => {
                tree.by_area_code(code).map(|unit| unit.id)
            }
            Some(body) => match tree.resolve(body, None)? {
                Reading::Unit(id) => Some(id),
                Reading::Group(_) => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_marked_as_made_up_and_every_role_is_there() {
        let shipped = directory::permission::RoleBook::shipped();
        for (role, _) in shipped.givable() {
            assert!(
                PEOPLE.iter().any(|person| person.role() == role),
                "{role:?}"
            );
        }
        for person in &PEOPLE {
            assert!(person.name.ends_with("(giả lập)"), "{}", person.name);
        }
    }
}
